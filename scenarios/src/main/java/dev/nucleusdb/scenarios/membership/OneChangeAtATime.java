package dev.nucleusdb.scenarios.membership;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.Report;

/// **One Change at a Time**: a leader puts no configuration into its log before the last one there
/// is committed (Raft thesis, §4.1). Looked at when a leader appends one, by the commit index that
/// it has itself: whether that is right is for `DurableAcknowledgements` to say.
final class OneChangeAtATime implements ClusterEvents {
  private final ClusterView cluster;
  private final Configurations configurations;
  private final Report report;

  OneChangeAtATime(ClusterView cluster, Configurations configurations, Report report) {
    this.cluster = cluster;
    this.configurations = configurations;
    this.report = report;
  }

  @Override
  public void onAppended(int node, long index, long term, long hash) {
    ReplicatedLog.Status status = cluster.status(node);
    if (status == null || configurations.named(node, index) == null) {
      return;
    }
    boolean leads = status.leading() && status.term() == term;
    Configurations.Named before = configurations.at(node, index - 1);
    if (leads && before.index() > status.commitIndex()) {
      report.broken(
          "OneChangeAtATime",
          "n"
              + node
              + " begins a change at entry "
              + index
              + " while that of entry "
              + before.index()
              + " is not committed");
    }
  }
}
