package dev.nucleusdb.scenarios.temper;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.ambush.Ambush;
import dev.nucleusdb.sim.ambush.Scene;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Machines that fail in quiet times and stay away for long, or for ever: nothing else is wrong,
/// and who relied on them must notice.
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

  /// One machine or two go, at least one of them shortly before nothing else is wrong any more.
  private static List<PlanEntry> fail(Scene scene) {
    RandomSource random = scene.random();
    List<PlanEntry> entries = new ArrayList<>();
    int count = 1 + random.nextInt(Math.max(1, (scene.nodes().size() - 1) / 2));
    for (String node : scene.some(scene.nodes(), count)) {
      boolean last = entries.isEmpty() || random.chance(0.5);
      long before = last ? scene.between(50, 3000) : scene.between(8000, 60_000);
      long after = Math.max(1, scene.endNanos() - before);
      entries.add(
          random.chance(0.5)
              ? scene.entry(FaultFamily.LEAVE, node, after, 0, "")
              : scene.crash(node, true, after, scene.between(8000, 60_000)));
    }
    return entries;
  }
}
