package dev.nucleusdb.scenarios.invariant;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.database.node.DatabaseTrace;
import dev.nucleusdb.raft.RaftTrace;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.raft.log.LogTrace;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.DurableLogs;
import dev.nucleusdb.scenarios.cluster.Report;
import dev.nucleusdb.scenarios.membership.Configurations;
import dev.nucleusdb.scenarios.membership.MembershipProperties;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All properties of the replicated database, fed from the trace of a world.
public final class Invariants implements WorldObserver {
  private final List<ClusterEvents> properties;

  /// Who listens to the events of every step; most properties do not.
  private final List<ClusterEvents> ofFrames;

  private final List<ClusterEvents> ofAppends;
  private final List<ClusterEvents> ofApplies;
  private final List<ClusterEvents> ofExecutions;

  private final Configurations configurations;

  /// Watches a cluster.
  public Invariants(ClusterView cluster, Report report) {
    this.configurations = new Configurations(cluster);
    DurableLogs durable = new DurableLogs(cluster);
    this.properties = new ArrayList<>(List.of(configurations, durable));
    properties.addAll(
        List.of(
            new ElectionSafety(report),
            new OneVotePerTerm(report),
            new LogMatching(report),
            new LeaderCompleteness(cluster, report),
            new StateMachineSafety(report),
            new DurableAcknowledgements(cluster, configurations, durable, report),
            new ExactlyOnce(report),
            new NothingForgotten(report),
            new SnapshotsSuffice(report),
            new ReplicaAgreement(cluster, report),
            new DisjointLeases(cluster, report),
            new BoundedStaleness(report)));
    properties.addAll(MembershipProperties.of(cluster, configurations, durable, report));
    this.ofFrames = listeners("onFrame");
    this.ofAppends = listeners("onAppended");
    this.ofApplies = listeners("onApplied");
    this.ofExecutions = listeners("onExecuted");
  }

  /// Those of the properties that do something at an event.
  ///
  /// @param event the name of a method of [ClusterEvents]
  private List<ClusterEvents> listeners(String event) {
    List<ClusterEvents> listeners = new ArrayList<>(properties);
    listeners.removeIf(property -> !listens(property, event));
    invariant(!listeners.isEmpty(), "nobody listens to an event of every step", 0, 0);
    return listeners;
  }

  private static boolean listens(ClusterEvents property, String event) {
    return Arrays.stream(property.getClass().getMethods())
        .anyMatch(method ->
            method.getName().equals(event) && method.getDeclaringClass() != ClusterEvents.class);
  }

  /// The names of all properties.
  public static List<String> names() {
    List<String> names =
        new ArrayList<>(
            List.of(
                ElectionSafety.class.getSimpleName(),
                OneVotePerTerm.class.getSimpleName(),
                LogMatching.class.getSimpleName(),
                LeaderCompleteness.class.getSimpleName(),
                StateMachineSafety.class.getSimpleName(),
                DurableAcknowledgements.class.getSimpleName(),
                ExactlyOnce.class.getSimpleName(),
                NothingForgotten.class.getSimpleName(),
                SnapshotsSuffice.class.getSimpleName(),
                ReplicaAgreement.class.getSimpleName(),
                DisjointLeases.class.getSimpleName(),
                BoundedStaleness.class.getSimpleName()));
    names.addAll(MembershipProperties.names());
    return names;
  }

  /// Who takes part, as the logs say.
  public Configurations configurations() {
    return configurations;
  }

  @Override
  public void onTrace(long atNanos, Actor actor, TraceKind kind, long a, long b, long c) {
    if (actor.node() == null) {
      return;
    }
    int node = actor.node().value();
    String name = kind.name();
    if (name.equals(LogTrace.FRAME.name())) {
      long segment = LogTrace.segmentOf(c);
      long end = LogTrace.endOf(c);
      for (ClusterEvents property : ofFrames) {
        property.onFrame(node, a, b, segment, end);
      }
    } else if (name.equals(RaftTrace.APPEND.name())) {
      for (ClusterEvents property : ofAppends) {
        property.onAppended(node, a, b, c);
      }
    } else if (name.equals(RaftTrace.APPLY.name())) {
      for (ClusterEvents property : ofApplies) {
        property.onApplied(node, a, b, c);
      }
    } else if (name.equals(DatabaseTrace.EXECUTED.name())) {
      for (ClusterEvents property : ofExecutions) {
        property.onExecuted(node, a, b, c);
      }
    } else if (name.equals(DatabaseTrace.ACKNOWLEDGED.name())) {
      properties.forEach(property -> property.onAcknowledged(node, a, atNanos));
    } else if (name.equals(DatabaseTrace.STALE_READ.name())) {
      properties.forEach(property -> property.onStaleRead(node, a, b, atNanos));
    } else {
      onRareTrace(node, name, a, b, c);
    }
  }

  private void onRareTrace(int node, String name, long a, long b, long c) {
    if (name.equals(RaftTrace.ROLE.name())) {
      for (Role role : Role.values()) {
        if (role.code() == a) {
          properties.forEach(property -> property.onRole(node, role, b));
        }
      }
      if (a == Role.LEADER.code()) {
        properties.forEach(property -> property.onLeader(node, b));
      }
    } else if (name.equals(LogTrace.MOVED.name())) {
      long segment = LogTrace.segmentOf(c);
      long end = LogTrace.endOf(c);
      properties.forEach(property -> property.onMoved(node, a, b, segment, end));
    } else if (name.equals(RaftTrace.VOTE_SENT.name())) {
      properties.forEach(property -> property.onVoteSent(node, a, b));
    } else if (name.equals(RaftTrace.STORE.name())) {
      properties.forEach(property -> property.onStore(node, a));
    } else if (name.equals(RaftTrace.STARTED.name())) {
      properties.forEach(property -> property.onStarted(node, a, b, c));
    } else if (name.equals(RaftTrace.INSTALLED.name())) {
      properties.forEach(property -> property.onInstalled(node, a, b));
    } else if (name.equals(RaftTrace.RESTARTED.name())) {
      properties.forEach(property -> property.onLogRestarted(node, a, c == 1));
    } else if (name.equals(DatabaseTrace.STORE_DURABLE.name())) {
      properties.forEach(property -> property.onStoreDurable(node, a));
    }
  }

  @Override
  public void onNodeDown(long atNanos, Actor actor, String reason) {
    if (actor.node() != null) {
      int node = actor.node().value();
      properties.forEach(property -> property.onDown(node));
    }
  }

  /// The group has left a node, which goes on.
  public void onGroupLeft(int node) {
    properties.forEach(property -> property.onLeft(node));
  }

  /// The last look, once all is quiet.
  public void end() {
    properties.forEach(ClusterEvents::onEnd);
  }
}
