package dev.nucleusdb.scenarios.groups;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.Map;
import java.util.TreeMap;

/// **Sleepers**: who sleeps under a leader that sleeps has all that it has, committed and applied;
/// and nobody sleeps under a node that has been down for long. The second is asked only of nodes
/// that were healed, once chaos has ended: others may stand still, and cannot wake.
public final class Sleepers {
  /// Many election timeouts of any world.
  private static final long LONG_NANOS = 4_000_000_000L;

  private final GroupedCluster cluster;
  private final int groupCount;
  private final long healedNanos;
  private final Report report;
  private final Map<Integer, Long> downSinceNanos = new TreeMap<>();

  /// Watches a cluster; call [#look] now and then.
  ///
  /// @param groupCount groups from 1 to this
  /// @param healedNanos when chaos ends
  public Sleepers(GroupedCluster cluster, int groupCount, long healedNanos, Report report) {
    this.cluster = cluster;
    this.groupCount = groupCount;
    this.healedNanos = healedNanos;
    this.report = report;
  }

  /// Looks at all groups.
  public void look(long nowNanos) {
    for (int node : cluster.view(1).nodes()) {
      if (cluster.isUp(node)) {
        downSinceNanos.remove(node);
      } else {
        downSinceNanos.putIfAbsent(node, nowNanos);
      }
    }
    for (int group = 1; group <= groupCount; group++) {
      for (int node : cluster.view(group).nodes()) {
        if (cluster.sleeps(node, group)) {
          look(nowNanos, group, node);
        }
      }
    }
  }

  private void look(long nowNanos, int group, int node) {
    ClusterView view = cluster.view(group);
    ReplicatedLog.Status status = view.status(node);
    NodeId leader = status == null ? null : status.leader();
    if (status == null || leader == null || leader.value() == node) {
      return;
    }
    Long down = downSinceNanos.get(leader.value());
    boolean isLost =
        down != null
            && nowNanos - Math.max(down, healedNanos) > LONG_NANOS
            && view.core().contains(node);
    if (isLost) {
      report.broken(
          "Sleepers",
          "group " + group + ": n" + node + " sleeps under " + leader + ", which is down");
    }
    ReplicatedLog.Status leads = view.status(leader.value());
    boolean sleeps = leads != null && leads.leading() && cluster.sleeps(leader.value(), group);
    if (sleeps && leads != null && leads.term() == status.term()) {
      sometimes("a whole group sleeps under its leader", true);
      if (leads.lastIndex() != status.appliedIndex()) {
        report.broken(
            "Sleepers",
            "group "
                + group
                + ": n"
                + node
                + " has applied "
                + status.appliedIndex()
                + " of "
                + leads.lastIndex()
                + " entries, and all sleep");
      }
    }
  }
}
