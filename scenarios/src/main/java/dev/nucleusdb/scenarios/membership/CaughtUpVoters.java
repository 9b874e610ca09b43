package dev.nucleusdb.scenarios.membership;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.DurableLogs;
import dev.nucleusdb.scenarios.cluster.Report;

/// **Caught-up Voters**: a leader makes nobody a voter whose disk does not hold its log at least up
/// to the entry that made it a learner; else commitment waits for a log that may never come (Raft
/// thesis, §4.2.1). Looked at when a leader appends the configuration in which somebody votes who
/// did not before.
final class CaughtUpVoters implements ClusterEvents {
  private final ClusterView cluster;
  private final Configurations configurations;
  private final DurableLogs durable;
  private final Report report;

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
      if (isNew && !hasUpTo(voter.value(), before.index())) {
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

  private boolean hasUpTo(int node, long index) {
    RaftLog log = cluster.log(node);
    boolean released = log != null && log.baseIndex() >= index;
    return released || durable.reaches(node, index);
  }
}
