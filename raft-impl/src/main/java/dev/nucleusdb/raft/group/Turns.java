package dev.nucleusdb.raft.group;

import dev.nucleusdb.core.node.NodeContext;

/// What several groups of a node write and send one after the other is gathered until all that has
/// already come to the node has had its turn: one packet to each peer, one write and one sync serve
/// all. A group that is alone on its node waits for nobody.
///
/// ```
///   packet   synced   packet   proposals │ end: one packet to each peer, one write, one sync
///   ──g1─g7────g3───────g2────────g5─────┼──►
/// ```
final class Turns {
  private final NodeContext context;
  private final Runnable atEnd;
  private boolean shared;
  private boolean endComes;

  /// @param atEnd sends, writes and syncs what was gathered
  Turns(NodeContext context, Runnable atEnd) {
    this.context = context;
    this.atEnd = atEnd;
  }

  /// How many groups are on this node.
  void among(int groupCount) {
    shared = groupCount > 1;
  }

  /// Whether there are several groups on this node.
  boolean areShared() {
    return shared;
  }

  /// Whether what is written and sent now waits for others.
  boolean areGathered() {
    return shared || endComes;
  }

  /// There is something to write, send or sync.
  void endSoon() {
    if (!endComes) {
      endComes = true;
      context.timers().at(context.clock().monotonicNanos(), this::end);
    }
  }

  /// All that has come has had its turn.
  void end() {
    endComes = false;
    atEnd.run();
  }
}
