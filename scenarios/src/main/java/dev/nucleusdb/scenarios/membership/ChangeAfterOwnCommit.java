package dev.nucleusdb.scenarios.membership;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.Report;

/// **Change after Own Commit**: a leader begins a change of the configuration only after an entry
/// of its own term was committed, so that no change of an earlier leader can still come back beside
/// it (Ongaro's correction of 10 July 2015 to the single-server changes of his thesis, §4.1).
final class ChangeAfterOwnCommit implements ClusterEvents {
  private final ClusterView cluster;
  private final Configurations configurations;
  private final Report report;

  ChangeAfterOwnCommit(ClusterView cluster, Configurations configurations, Report report) {
    this.cluster = cluster;
    this.configurations = configurations;
    this.report = report;
  }

  @Override
  public void onAppended(int node, long index, long term, long hash) {
    ReplicatedLog.Status status = cluster.status(node);
    RaftLog log = cluster.log(node);
    if (log == null || status == null || configurations.named(node, index) == null) {
      return;
    }
    boolean leads = status.leading() && status.term() == term;
    long committed = Math.max(status.commitIndex(), log.baseIndex());
    if (leads && log.termAt(committed) != term) {
      report.broken(
          "ChangeAfterOwnCommit",
          "n"
              + node
              + " begins a change at entry "
              + index
              + " of term "
              + term
              + " before any entry of that term is committed");
    }
  }
}
