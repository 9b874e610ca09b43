package dev.nucleusdb.scenarios.cluster;

import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.raft.RaftMember;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What invariants may look at. Nodes are named by the value of their id.
public interface ClusterView {

  /// All nodes, in the order of their ids.
  List<Integer> nodes();

  /// How many nodes make a majority.
  default int majority() {
    return nodes().size() / 2 + 1;
  }

  /// A node's Raft member, or null while the node is down.
  @Nullable RaftMember raft(int node);

  /// A node's store, or null while the node is down.
  @Nullable StorageEngine store(int node);

  /// How far a segment of a node's write-ahead log is durable, in bytes, by the disk's own account.
  long durableLogBytes(int node, long segment);
}
