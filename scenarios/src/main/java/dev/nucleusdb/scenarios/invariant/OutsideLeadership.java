package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.scenarios.cluster.ClusterView;

/// Whether the core was led from outside while it should have served. A leader that stays broken
/// may serve one client and not another, for as long as it hears a majority; who was not served in
/// that time proves nothing, even if a node of the core leads by the end.
public final class OutsideLeadership {
  private final ClusterView cluster;
  private boolean seen;

  /// Watches a cluster; call [#look] now and then.
  public OutsideLeadership(ClusterView cluster) {
    this.cluster = cluster;
  }

  /// Looks whom the nodes of the core follow.
  public void look() {
    for (int node : cluster.core()) {
      ReplicatedLog.Status status = cluster.status(node);
      NodeId leader = status == null ? null : status.leader();
      seen |= leader != null && !cluster.core().contains(leader.value());
    }
  }

  /// Whether it was ever led from outside when somebody looked.
  public boolean seen() {
    return seen;
  }
}
