package dev.nucleusdb.scenarios.cluster;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.Configuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What invariants may look at. Nodes are named by the value of their id.
public interface ClusterView {

  /// All nodes, in the order of their ids.
  List<Integer> nodes();

  /// The nodes that must serve once chaos has ended; the others stay broken.
  default List<Integer> core() {
    return nodes();
  }

  /// Whether a fault damaged what was durable on a node, or took it away for good: it counts as one
  /// that knows what it knew, because nobody may blame it.
  default boolean isDamaged(int node) {
    return false;
  }

  /// How a node's Raft member stands, or null while the node is down.
  ReplicatedLog.@Nullable Status status(int node);

  /// Whether a node's Raft member would serve a linearizable read now without asking anybody.
  default boolean readsAlone(int node) {
    return false;
  }

  /// The log that a node's Raft member has in memory, or null while the node is down.
  @Nullable RaftLog log(int node);

  /// The configuration that a node's Raft member goes by, or null while the node is down.
  default @Nullable Configuration configuration(int node) {
    return null;
  }

  /// A node's store, or null while the node is down.
  @Nullable StorageEngine store(int node);

  /// How far a segment of a node's write-ahead log is durable, in bytes, by the disk's own account.
  long durableLogBytes(int node, long segment);
}
