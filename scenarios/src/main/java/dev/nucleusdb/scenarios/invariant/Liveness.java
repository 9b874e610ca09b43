package dev.nucleusdb.scenarios.invariant;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.List;

/// **Liveness**: once chaos has ended and some time has passed, every client has been served, every
/// node of the healed core is up, and all of them that have a vote have applied the same log to its
/// end; and no change of voters is left half done. The core is a quorum at least, of every
/// configuration that can still come into force; what lies outside of it may stay broken for ever
/// and must not get in the way. The cluster has had time enough, which is a matter of the world's
/// length and not of the cluster: a bounded look at a property that speaks of "eventually".
///
/// One state is excused: a node outside of the core leads. It is slow, because what is wrong with
/// it stays wrong, but as long as it hears a majority in time no protocol of leaders deposes it.
/// (Clients that were not served while such a node led, though it does no more, are excused by
/// [OutsideLeadership].)
///
/// What is broken is classified by what is missing first, so that failures can be told apart:
/// `node-down`, `no-leader`, `no-progress` (a leader commits nothing), `not-applied` (a node of the
/// core lags), `not-served` (all is well but for a client), `change-open` (two configurations still
/// decide together).
public final class Liveness {
  private Liveness() {}

  /// Whether [#check] would report nothing.
  public static boolean holds(ClusterView cluster, List<String> unserved) {
    boolean[] broken = {false};
    check(cluster, unserved, (invariant, detail) -> broken[0] = true);
    return !broken[0];
  }

  /// Looks once, at the end of a world.
  ///
  /// @param unserved the clients that no node has served since the faults ended
  public static void check(ClusterView cluster, List<String> unserved, Report report) {
    long appliedMin = Long.MAX_VALUE;
    long lastMax = 0;
    long appliedMax = 0;
    boolean led = false;
    boolean outside = false;
    boolean joint = false;
    StringBuilder standing = new StringBuilder();
    for (int node : cluster.core()) {
      if (cluster.status(node) == null) {
        report.broken("Liveness", "node-down: n" + node + " is down once all faults have ended");
        return;
      }
    }
    for (int node : coreVoters(cluster)) {
      ReplicatedLog.Status status = cluster.status(node);
      if (status == null) {
        continue;
      }
      NodeId leader = status.leading() ? new NodeId(node) : status.leader();
      led |= leader != null;
      Configuration configuration = cluster.configuration(node);
      joint |= status.leading() && configuration != null && configuration.isJoint();
      outside |= leader != null && !cluster.core().contains(leader.value());
      appliedMin = Math.min(appliedMin, status.appliedIndex());
      appliedMax = Math.max(appliedMax, status.appliedIndex());
      lastMax = Math.max(lastMax, status.lastIndex());
      standing.append(" n").append(node).append(' ').append(status.appliedIndex());
    }
    if (sometimes("a world ends with a leader outside of the core", outside)) {
      return;
    }
    String words = " (applied:" + standing + ", of " + lastMax + " entries)";
    if (!led && (!unserved.isEmpty() || appliedMin != appliedMax)) {
      report.broken("Liveness", "no-leader: nobody leads the core" + words);
    } else if (!unserved.isEmpty() && appliedMax < lastMax) {
      report.broken("Liveness", "no-progress: " + unserved + " wait, entries stay open" + words);
    } else if (appliedMin != appliedMax) {
      report.broken("Liveness", "not-applied: the core's nodes differ" + words);
    } else if (!unserved.isEmpty()) {
      report.broken("Liveness", "not-served: " + unserved + " since all faults had ended" + words);
    } else if (joint) {
      report.broken("Liveness", "change-open: the leader's configuration is still joint" + words);
    }
  }

  /// The nodes of the core that have a vote, by the configuration of whichever of them knows most
  /// to be committed.
  private static List<Integer> coreVoters(ClusterView cluster) {
    Configuration configuration = null;
    long committed = -1;
    for (int node : cluster.core()) {
      ReplicatedLog.Status status = cluster.status(node);
      if (status != null && status.commitIndex() > committed) {
        committed = status.commitIndex();
        configuration = cluster.configuration(node);
      }
    }
    Configuration inForce = configuration;
    return inForce == null
        ? cluster.core()
        : cluster.core().stream().filter(node -> inForce.isVoter(new NodeId(node))).toList();
  }
}
