package dev.nucleusdb.scenarios.membership;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.DurableLogs;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.Map;
import java.util.TreeMap;

/// **Caught-up Voters**: a leader makes nobody a voter whose disk does not hold its log at least up
/// to the entry that made it a learner; else commitment waits for a log that may never come (Raft
/// thesis, §4.2.1). Looked at when a leader appends the configuration in which somebody votes who
/// did not before.
final class CaughtUpVoters implements ClusterEvents {
  private final ClusterView cluster;
  private final Configurations configurations;
  private final DurableLogs durable;
  private final Report report;

  /// How far a node's state is durable: its log need not hold what that stands for.
  private final Map<Integer, Long> stateIndex = new TreeMap<>();

  private final Map<Integer, Long> stores = new TreeMap<>();

  CaughtUpVoters(
      ClusterView cluster, Configurations configurations, DurableLogs durable, Report report) {
    this.cluster = cluster;
    this.configurations = configurations;
    this.durable = durable;
    this.report = report;
  }

  @Override
  public void onAppended(int node, long index, long term, long hash) {
    Configurations.Named named = configurations.named(node, index);
    ReplicatedLog.Status status = cluster.status(node);
    if (named == null || status == null || !status.leading() || status.term() != term) {
      return;
    }
    Configurations.Named before = configurations.at(node, index - 1);
    for (NodeId voter : named.configuration().voters()) {
      boolean isNew = !before.configuration().isVoter(voter);
      if (isNew && !hasUpTo(voter.value(), node, before.index())) {
        report.broken(
            "CaughtUpVoters",
            "n"
                + node
                + " gives "
                + voter
                + " a vote at entry "
                + index
                + ", whose disk does not hold entry "
                + before.index()
                + " yet");
      }
    }
  }

  @Override
  public void onStoreDurable(int node, long index) {
    stateIndex.merge(node, index, Math::max);
  }

  /// Another disk has nothing of it.
  @Override
  public void onStore(int node, long storeId) {
    Long before = stores.put(node, storeId);
    if (before != null && before != storeId) {
      stateIndex.remove(node);
    }
  }

  /// Entries on a disk that was replaced count too ([DurableLogs#has]): the leader may not have
  /// heard of that yet.
  private boolean hasUpTo(int node, int leader, long index) {
    RaftLog leaderLog = cluster.log(leader);
    boolean had =
        leaderLog != null
            && index >= leaderLog.baseIndex()
            && durable.has(node, index, leaderLog.termAt(index));
    RaftLog log = cluster.log(node);
    boolean released = log != null && log.baseIndex() >= index;
    return had
        || released
        || stateIndex.getOrDefault(node, 0L) >= index
        || durable.reaches(node, index);
  }
}
