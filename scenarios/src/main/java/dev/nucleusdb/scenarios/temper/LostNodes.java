package dev.nucleusdb.scenarios.temper;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.Ambush;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.Scene;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Machines that fail in quiet times and stay away for long, or for ever: nothing else is wrong, and
/// who relied on them must notice.
final class LostNodes implements Temperament {
  @Override
  public String name() {
    return "lost-nodes";
  }

  @Override
  public Set<FaultFamily> families() {
    return EnumSet.of(FaultFamily.CRASH, FaultFamily.LEAVE);
  }

  @Override
  public List<Ambush> ambushes(RandomSource random) {
    return List.of(new Waylay(Ambush.BEGINNING, 1, LostNodes::fail));
  }

  /// One machine after the other goes, the last shortly before nothing else is wrong any more.
  private static List<PlanEntry> fail(Scene scene) {
    RandomSource random = scene.random();
    List<PlanEntry> entries = new ArrayList<>();
    List<String> order = scene.some(scene.nodes(), (scene.nodes().size() + 1) / 2);
    for (String node : order) {
      long before = entries.isEmpty() ? scene.between(100, 8000) : scene.between(8000, 60_000);
      long after = Math.max(1, scene.endNanos() - before);
      entries.add(
          random.chance(0.5)
              ? scene.entry(FaultFamily.LEAVE, node, after, 0, "")
              : scene.crash(node, true, after, scene.between(8000, 60_000)));
    }
    return entries;
  }
}
