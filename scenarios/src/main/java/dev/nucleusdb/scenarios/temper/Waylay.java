package dev.nucleusdb.scenarios.temper;

import dev.nucleusdb.sim.ambush.Ambush;
import dev.nucleusdb.sim.ambush.Scene;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.List;
import java.util.function.Function;

/// An ambush that springs with a probability.
///
/// @param place where it waits
/// @param chance how often it springs
/// @param blow what follows then
record Waylay(String place, double chance, Function<Scene, List<PlanEntry>> blow)
    implements Ambush {
  /// A node has been elected.
  static final String ELECTED = "raft.leader-elected";

  /// A node has sent a vote that it gave.
  static final String VOTED = "raft.vote-sent";

  /// A leader has told another node to take over.
  static final String HANDED_OVER = "raft.handover-sent";

  /// A node has written down a term or a vote, which is not durable yet.
  static final String TERM_WRITTEN = "raft.hard-state-written";

  /// A node goes by another configuration.
  static final String CONFIGURED = "raft.membership-in-force";

  @Override
  public List<PlanEntry> spring(Scene scene) {
    return scene.random().fork("chance").chance(chance) ? blow.apply(scene) : List.of();
  }
}
