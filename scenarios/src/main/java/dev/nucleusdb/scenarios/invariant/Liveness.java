package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import java.util.List;

/// **Liveness**: once all faults have ended and some time has passed, every client has been served,
/// every node is up, and all have applied the same log to its end. The cluster has had time enough,
/// which is a matter of the world's length and not of the cluster: a bounded look at a property
/// that speaks of "eventually".
public final class Liveness {
  private Liveness() {}

  /// Looks once, at the end of a world.
  ///
  /// @param unserved the clients that no node has served since the faults ended
  public static void check(ClusterView cluster, List<String> unserved, Report report) {
    if (!unserved.isEmpty()) {
      report.broken("Liveness", "not served once all faults had ended: " + unserved);
    }
    long first = cluster.nodes().getFirst();
    long applied = -1;
    for (int node : cluster.nodes()) {
      ReplicatedLog.Status status = cluster.status(node);
      if (status == null) {
        report.broken("Liveness", "n" + node + " is down once all faults have ended");
        return;
      }
      long mine = status.appliedIndex();
      if (applied >= 0 && mine != applied) {
        report.broken(
            "Liveness",
            "n" + node + " has applied " + mine + " entries, n" + first + " " + applied);
        return;
      }
      applied = mine;
    }
  }
}
