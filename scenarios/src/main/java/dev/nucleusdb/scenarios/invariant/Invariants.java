package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.database.node.DatabaseTrace;
import dev.nucleusdb.raft.RaftTrace;
import dev.nucleusdb.raft.Role;
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
import java.util.List;

/// All properties of the replicated database, fed from the trace of a world.
public final class Invariants implements WorldObserver {
  private final List<ClusterEvents> properties;

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
            new ReplicaAgreement(cluster, report)));
    properties.addAll(MembershipProperties.of(cluster, configurations, durable, report));
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
                ReplicaAgreement.class.getSimpleName()));
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
      properties.forEach(property -> property.onFrame(node, a, b, segment, end));
    } else if (name.equals(RaftTrace.APPEND.name())) {
      properties.forEach(property -> property.onAppended(node, a, b, c));
    } else if (name.equals(RaftTrace.APPLY.name())) {
      properties.forEach(property -> property.onApplied(node, a, b, c));
    } else if (name.equals(DatabaseTrace.EXECUTED.name())) {
      properties.forEach(property -> property.onExecuted(node, a, b, c));
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

  /// The last look, once all is quiet.
  public void end() {
    properties.forEach(ClusterEvents::onEnd);
  }
}
