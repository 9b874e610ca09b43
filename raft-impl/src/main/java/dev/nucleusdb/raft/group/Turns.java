package dev.nucleusdb.raft.group;

/// When several groups have their turn one after the other (they share a packet, a sync, a moment),
/// what they write and send is gathered until the last of them is done: one sync and one packet to
/// each peer serve all. A group that has its turn alone waits for nobody.
final class Turns {
  private final Runnable atEnd;
  private boolean gathered;

  /// @param atEnd runs when the last group has had its turn
  Turns(Runnable atEnd) {
    this.atEnd = atEnd;
  }

  /// Whether what is written and sent now waits for others.
  boolean areGathered() {
    return gathered;
  }

  /// Runs the turns of `count` groups.
  void gather(int count, Runnable turns) {
    if (count <= 1 || gathered) {
      turns.run();
      return;
    }
    gathered = true;
    try {
      turns.run();
    } finally {
      gathered = false;
    }
    atEnd.run();
  }
}
