package dev.nucleusdb.scenarios.membership;

import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.DurableLogs;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.List;

/// All properties of changes of membership.
public final class MembershipProperties {
  private MembershipProperties() {}

  /// Their names, in the order in which they are asked.
  public static List<String> names() {
    return List.of(
        OverlappingQuorums.class.getSimpleName(),
        OneChangeAtATime.class.getSimpleName(),
        ChangeAfterOwnCommit.class.getSimpleName(),
        ElectedByQuorum.class.getSimpleName(),
        OnlyVotersLead.class.getSimpleName(),
        ConfigurationOfLog.class.getSimpleName(),
        CaughtUpVoters.class.getSimpleName());
  }

  /// The properties; what they ask must be told of an event before them.
  public static List<ClusterEvents> of(
      ClusterView cluster, Configurations configurations, DurableLogs durable, Report report) {
    return List.of(
        new OverlappingQuorums(configurations, report),
        new OneChangeAtATime(cluster, configurations, report),
        new ChangeAfterOwnCommit(cluster, configurations, report),
        new ElectedByQuorum(configurations, report),
        new OnlyVotersLead(cluster, configurations, report),
        new ConfigurationOfLog(cluster, configurations, report),
        new CaughtUpVoters(cluster, configurations, durable, report));
  }
}
