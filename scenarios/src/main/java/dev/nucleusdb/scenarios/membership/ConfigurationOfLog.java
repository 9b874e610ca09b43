package dev.nucleusdb.scenarios.membership;

import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.Report;
import org.jspecify.annotations.Nullable;

/// **Configuration of the Log**: a node goes by the last configuration in its log, committed or
/// not; if the entry is cut away, by the one before it; and after a restart by the same as before
/// (Raft thesis, §4.1). Looked at when a node starts, when its log has been appended to, and when
/// it is elected.
final class ConfigurationOfLog implements ClusterEvents {
  private final ClusterView cluster;
  private final Configurations configurations;
  private final Report report;

  ConfigurationOfLog(ClusterView cluster, Configurations configurations, Report report) {
    this.cluster = cluster;
    this.configurations = configurations;
    this.report = report;
  }

  @Override
  public void onStarted(int node, long term, long lastIndex, long appliedIndex) {
    compare(node);
  }

  /// What stands behind the entry is in the log in memory, but was not told of yet.
  @Override
  public void onAppended(int node, long index, long term, long hash) {
    RaftLog log = cluster.log(node);
    if (log != null && log.lastIndex() == index) {
      compare(node);
    }
  }

  private void compare(int node) {
    @Nullable Configuration used = cluster.configuration(node);
    Configurations.Named named = configurations.last(node);
    if (used != null && !used.equals(named.configuration())) {
      report.broken(
          "ConfigurationOfLog",
          "n"
              + node
              + " goes by "
              + used
              + ", but entry "
              + named.index()
              + " of its log says "
              + named.configuration());
    }
  }
}
