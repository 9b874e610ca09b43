package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Three nodes that stand as a test says.
final class FakeCluster implements ClusterView {
  final Map<Integer, ReplicatedLog.Status> statuses = new LinkedHashMap<>();
  final Map<Integer, RaftLog> logs = new LinkedHashMap<>();
  final Map<Integer, StorageEngine> stores = new LinkedHashMap<>();
  final Map<Integer, Long> durableBytes = new LinkedHashMap<>();

  final Set<Integer> readAlone = new TreeSet<>();

  List<Integer> core = List.of(1, 2, 3);

  @Nullable Configuration configuration;

  /// A node that is up, in a term, and has applied its log up to an index.
  void up(int node, long term, long appliedIndex) {
    statuses.put(
        node,
        new ReplicatedLog.Status(
            false, new NodeId(1), term, appliedIndex, appliedIndex, appliedIndex));
  }

  /// A node's log, by the terms of its entries.
  void log(int node, long... terms) {
    List<Entry> entries = new ArrayList<>();
    for (long term : terms) {
      entries.add(Entry.noOp(term));
    }
    logs.put(node, new RaftLog(0, 0, entries));
  }

  @Override
  public List<Integer> nodes() {
    return List.of(1, 2, 3);
  }

  @Override
  public List<Integer> core() {
    return core;
  }

  @Override
  public ReplicatedLog.@Nullable Status status(int node) {
    return statuses.get(node);
  }

  @Override
  public boolean readsAlone(int node) {
    return readAlone.contains(node);
  }

  @Override
  public @Nullable RaftLog log(int node) {
    return logs.get(node);
  }

  @Override
  public @Nullable Configuration configuration(int node) {
    return configuration;
  }

  @Override
  public @Nullable StorageEngine store(int node) {
    return stores.get(node);
  }

  @Override
  public long durableLogBytes(int node, long segment) {
    return durableBytes.getOrDefault(node, 0L);
  }
}
