package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Which nodes are healed when chaos ends: all, or a random few that can serve by themselves while
/// the rest stays broken for ever (TigerBeetle's liveness phase).
public final class HealedCore {
  private HealedCore() {}

  /// Draws the nodes.
  ///
  /// @param share how often not all are healed; never all if some are damaged
  /// @param all every node
  /// @param suffices whether nodes can serve by themselves: if some can, more can
  public static List<String> draw(
      RandomSource random,
      double share,
      List<String> all,
      DamageAtlas atlas,
      Predicate<List<String>> suffices) {
    if (atlas.damaged().isEmpty() && !random.chance(share)) {
      return all;
    }
    List<String> core = new ArrayList<>(all);
    core.removeIf(atlas::isDamaged);
    while (canSpareOne(core, suffices) && random.chance(0.7)) {
      List<String> fewer = new ArrayList<>(core);
      fewer.remove(random.nextInt(core.size()));
      core = suffices.test(fewer) ? fewer : core;
    }
    return suffices.test(core) ? List.copyOf(core) : all;
  }

  private static boolean canSpareOne(List<String> core, Predicate<List<String>> suffices) {
    for (String node : core) {
      List<String> fewer = new ArrayList<>(core);
      fewer.remove(node);
      if (suffices.test(fewer)) {
        return true;
      }
    }
    return false;
  }
}
