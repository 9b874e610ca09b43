package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.Report;
import dev.nucleusdb.scenarios.membership.Configurations;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.MessageFate;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// **Leaders Hear a Majority**: who leads has heard from a majority of the voters that it goes by,
/// not long ago (thesis §6.2): otherwise those who hear it would follow one who can commit nothing.
/// A message counts as heard when it was handed over, whatever it says; and the time allowed is
/// longer than any timeout of a world, by any clock that drifts, because when a leader looks is its
/// own affair. A node that stands still does not know, and one that was made slow hears late: they
/// are asked again once they have run freely for as long. For groups that do not sleep.
public final class LeadersHearMajority implements WorldObserver {
  private static final long PATIENCE_NANOS = 4_000_000_000L;
  private static final long LOOK_NANOS = 250_000_000;

  /// A reign as it goes on: under this configuration, since then.
  private record Reign(long term, @Nullable Configuration configuration, long sinceNanos) {
    boolean goesOn(long nowTerm, @Nullable Configuration now) {
      return term == nowTerm && Objects.equals(configuration, now);
    }
  }

  private final ClusterView cluster;
  private final Report report;
  private final long[][] heardNanos;
  private final Map<Integer, Reign> reigns = new TreeMap<>();

  /// From when on a node runs freely.
  private final Map<Integer, Long> freeNanos = new TreeMap<>();

  private long lookNanos;

  /// Watches a cluster.
  public LeadersHearMajority(ClusterView cluster, Report report) {
    this.cluster = cluster;
    this.report = report;
    int size = cluster.nodes().getLast() + 1;
    this.heardNanos = new long[size][size];
  }

  @Override
  public void onMessage(
      long sentNanos,
      Actor from,
      Actor to,
      int sizeBytes,
      byte firstByte,
      MessageFate fate,
      long endedNanos) {
    NodeId sender = from.node();
    NodeId receiver = to.node();
    boolean handedOver = fate == MessageFate.DELIVERED || fate == MessageFate.DELIVERED_AGAIN;
    if (sender != null && receiver != null && handedOver) {
      heardNanos[receiver.value()][sender.value()] = endedNanos;
    }
    if (endedNanos - lookNanos >= LOOK_NANOS) {
      lookNanos = endedNanos;
      cluster.nodes().forEach(node -> look(node, endedNanos));
    }
  }

  @Override
  public void onNodePaused(long atNanos, Actor node, boolean paused) {
    NodeId id = node.node();
    if (id != null) {
      freeNanos.put(id.value(), paused ? Long.MAX_VALUE : atNanos);
    }
  }

  @Override
  public void onFaultBegin(long atNanos, PlanEntry entry) {
    noteSlow(entry, Long.MAX_VALUE);
  }

  @Override
  public void onFaultEnd(long atNanos, PlanEntry entry) {
    noteSlow(entry, atNanos);
  }

  private void noteSlow(PlanEntry entry, long nanos) {
    if (entry.family() == FaultFamily.SLOW_NODE) {
      cluster.nodes().stream()
          .filter(node -> entry.target().equals("n" + node))
          .forEach(node -> freeNanos.put(node, nanos));
    }
  }

  private void look(int node, long nowNanos) {
    ReplicatedLog.Status status = cluster.status(node);
    if (status == null || !status.leading()) {
      reigns.remove(node);
      return;
    }
    Configuration configuration = cluster.configuration(node);
    Reign reign = reigns.get(node);
    if (reign == null || !reign.goesOn(status.term(), configuration)) {
      reign = new Reign(status.term(), configuration, nowNanos);
      reigns.put(node, reign);
    }
    long since = Math.max(reign.sinceNanos(), freeNanos.getOrDefault(node, 0L));
    long oldest = nowNanos - PATIENCE_NANOS;
    boolean heard =
        configuration == null
            || Configurations.isQuorum(
                configuration, id -> id == node || heardNanos[node][id] >= oldest);
    if (since < oldest && !heard) {
      report.broken(
          "LeadersHearMajority",
          "n" + node + " leads term " + status.term() + " and has heard no majority for long");
    }
  }
}
