package dev.nucleusdb.scenarios.temper;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.ambush.Ambush;
import dev.nucleusdb.sim.ambush.Scene;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A planned change of leaders goes wrong in the middle: a leader that has told another to take
/// over is cut off, hears nothing any more though it is heard, or loses power.
final class CutHandovers implements Temperament {
  @Override
  public String name() {
    return "cut-handovers";
  }

  @Override
  public Set<FaultFamily> families() {
    return EnumSet.of(FaultFamily.PARTITION, FaultFamily.ONE_WAY, FaultFamily.CRASH);
  }

  @Override
  public List<Ambush> ambushes(RandomSource random) {
    return List.of(
        new Waylay(Waylay.HANDED_OVER, 0.4 + 0.5 * random.nextDouble(), CutHandovers::interrupt));
  }

  private static List<PlanEntry> interrupt(Scene scene) {
    String leader = scene.node();
    long after = scene.between(0, 200);
    long length = scene.between(100, 4000);
    String others = String.join(",", scene.others(List.of(leader)));
    return switch (scene.random().nextInt(5)) {
      case 0 -> List.of(scene.crash(leader, true, after, length));
      case 1, 2 -> List.of(scene.partition(List.of(leader), 0.5, after, length));
      default ->
          List.of(scene.entry(FaultFamily.ONE_WAY, "", after, length, others + '>' + leader));
    };
  }
}
