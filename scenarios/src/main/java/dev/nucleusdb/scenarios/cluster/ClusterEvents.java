package dev.nucleusdb.scenarios.cluster;

import dev.nucleusdb.raft.election.Role;

/// What nodes tell of themselves, by kind. Nodes are named by the value of their id.
public interface ClusterEvents {

  /// A node began an incarnation from its disk.
  default void onStarted(int node, long term, long lastIndex, long appliedIndex) {}

  /// A node tells the name of its disk, before it tells that it has started: another name than
  /// before means that it has forgotten everything.
  default void onStore(int node, long storeId) {}

  /// A node is gone.
  default void onDown(int node) {}

  /// The group has left a node, which goes on: all that the node holds of it is durable, and told
  /// of already.
  default void onLeft(int node) {
    onDown(node);
  }

  /// A node's part has changed.
  default void onRole(int node, Role role, long term) {}

  /// A node leads a term.
  default void onLeader(int node, long term) {}

  /// A vote left a node.
  default void onVoteSent(int node, long term, long candidate) {}

  /// An entry was put into a node's log.
  default void onAppended(int node, long index, long term, long hash) {}

  /// An entry's frame is in a node's write-ahead log.
  default void onFrame(int node, long index, long term, long segment, long endOffset) {}

  /// An entry's frame was moved within a node's write-ahead log, and is durable at its new place.
  default void onMoved(int node, long index, long term, long segment, long endOffset) {}

  /// An entry was applied by a node.
  default void onApplied(int node, long index, long term, long hash) {}

  /// Another node's state took the place of a node's own, durably.
  default void onInstalled(int node, long index, long term) {}

  /// A snapshot stands for a node's log up to an index.
  default void onLogRestarted(int node, long index, boolean suffixKept) {}

  /// A client's operation took effect on a node.
  default void onExecuted(int node, long index, long session, long sequence) {}

  /// A node told a client that its command is done.
  default void onAcknowledged(int node, long index, long atNanos) {}

  /// A node read its own state for a client, and said how old that may be.
  default void onStaleRead(int node, long appliedIndex, long stalenessNanos, long atNanos) {}

  /// A node's store is durable up to an index.
  default void onStoreDurable(int node, long index) {}

  /// All is quiet: the last look.
  default void onEnd() {}
}
