package dev.nucleusdb.raft.snapshot;

/// A snapshot on its way to one follower: the next piece goes when the follower has stored the one
/// before, and not before its pause is over.
public final class Outgoing {
  private final SnapshotMark mark;
  private int number;
  private boolean underWay;
  private long sentNanos;
  private long dueNanos;

  /// Nothing of it was sent yet.
  public Outgoing(SnapshotMark mark, long nowNanos) {
    this.mark = mark;
    this.dueNanos = nowNanos;
  }

  /// Which snapshot.
  public SnapshotMark mark() {
    return mark;
  }

  /// The piece that is under way or next, from 0.
  public int number() {
    return number;
  }

  /// Whether the follower is to be sent a piece now.
  public boolean isDue(long nowNanos) {
    return !underWay && nowNanos >= dueNanos;
  }

  /// When the next piece may go; far away while one is under way.
  public long deadlineNanos() {
    return underWay ? Long.MAX_VALUE : dueNanos;
  }

  /// The piece [#number] was sent.
  ///
  /// @param pauseNanos how long the next one has to wait at least
  public void sent(long nowNanos, long pauseNanos) {
    underWay = true;
    sentNanos = nowNanos;
    dueNanos = nowNanos + pauseNanos;
  }

  /// The follower says which piece it wants: the next, or one further on, if it has kept pieces of
  /// this very snapshot from an earlier try, which are the same as now.
  ///
  /// @return whether it can be helped; if not, it has lost what it had, and all begins anew
  public boolean wants(int wanted) {
    if (wanted > number && underWay) {
      number = wanted;
      underWay = false;
    }
    return wanted > 0 || number == 0;
  }

  /// The answer has not come for `timeoutNanos`: the piece counts as lost.
  ///
  /// @return whether it is to be sent again
  public boolean giveUpSilence(long nowNanos, long timeoutNanos) {
    boolean lost = underWay && nowNanos - sentNanos >= timeoutNanos;
    underWay &= !lost;
    return lost;
  }
}
