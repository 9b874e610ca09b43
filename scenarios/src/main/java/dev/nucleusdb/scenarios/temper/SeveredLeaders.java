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

/// Leaders that have led for a while are cut off together with some of the clients, who go on
/// asking them, while the others ask their successors; and clocks run near the bound of what they
/// may drift.
final class SeveredLeaders implements Temperament {
  private static final long LED_MILLIS_MAX = 3000;
  private static final long DRIFT_NANOS_MAX = 200_000_000;

  @Override
  public String name() {
    return "severed-leaders";
  }

  @Override
  public Set<FaultFamily> families() {
    return EnumSet.of(FaultFamily.PARTITION, FaultFamily.DRIFT);
  }

  @Override
  public List<Ambush> ambushes(RandomSource random) {
    List<Ambush> ambushes = new ArrayList<>();
    ambushes.add(new Waylay(Waylay.ELECTED, 0.8, scene -> sever(scene, LED_MILLIS_MAX)));
    if (random.chance(0.6)) {
      ambushes.add(new Waylay(Ambush.BEGINNING, 1, SeveredLeaders::drift));
    }
    return ambushes;
  }

  /// @param ledMillisMax how long it has led at most
  static List<PlanEntry> sever(Scene scene, long ledMillisMax) {
    double share = scene.random().chance(0.5) ? 1 : 0;
    long after = scene.between(100, ledMillisMax);
    return List.of(scene.partition(List.of(scene.node()), share, after, scene.between(200, 4000)));
  }

  static List<PlanEntry> drift(Scene scene) {
    List<PlanEntry> entries = new ArrayList<>();
    for (String node : scene.nodes()) {
      long by = DRIFT_NANOS_MAX - scene.random().nextInt(20_000) * 1_000L;
      boolean slow = scene.random().chance(0.4);
      entries.add(scene.entry(FaultFamily.DRIFT, node, 0, 0, "").amountingTo(slow ? -by : by));
    }
    return entries;
  }
}
