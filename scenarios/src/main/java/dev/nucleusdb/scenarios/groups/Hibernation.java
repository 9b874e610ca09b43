package dev.nucleusdb.scenarios.groups;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.scenarios.cluster.Report;
import java.util.List;

/// **Hibernation**: once chaos has ended, all clients are silent, and some time has passed, every
/// group sleeps at every member. Looked at only if all nodes were healed: a leader does not put to
/// sleep who may lack something, so a node that stays broken keeps its groups awake.
public final class Hibernation {
  private Hibernation() {}

  /// Looks once, at the end of a world.
  ///
  /// @param groupCount groups from 1 to this
  public static void check(GroupedCluster cluster, int groupCount, Report report) {
    boolean whole = cluster.view(1).core().equals(cluster.view(1).nodes());
    for (int group = 1; group <= groupCount && whole; group++) {
      List<String> awake = cluster.awake(group);
      if (!awake.isEmpty()) {
        report.broken("Hibernation", "group " + group + " is awake on " + awake);
        return;
      }
    }
    sometimes("a world with many groups ends with all of them asleep", whole);
  }

  /// Whether [#check] would report nothing.
  public static boolean holds(GroupedCluster cluster, int groupCount) {
    boolean[] broken = {false};
    check(cluster, groupCount, (invariant, detail) -> broken[0] = true);
    return !broken[0];
  }
}
