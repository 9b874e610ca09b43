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

/// A minority of the nodes is not reached when the group is founded. Before these have heard of
/// anything, somebody who founded it loses what it has, and stands with them, away from the rest.
final class Newcomers implements Temperament {
  @Override
  public String name() {
    return "newcomers";
  }

  @Override
  public Set<FaultFamily> families() {
    return EnumSet.of(FaultFamily.PARTITION, FaultFamily.CRASH, FaultFamily.BIT_ROT);
  }

  @Override
  public List<Ambush> ambushes(RandomSource random) {
    return List.of(new Waylay(Ambush.BEGINNING, 1, Newcomers::found));
  }

  private static List<PlanEntry> found(Scene scene) {
    RandomSource random = scene.random();
    List<String> late = scene.some(scene.nodes(), (scene.nodes().size() - 1) / 2);
    List<PlanEntry> entries = new ArrayList<>();
    long apart = scene.between(2000, 10_000);
    entries.add(scene.partition(late, 0, 0, apart));
    List<String> founders = scene.others(late);
    String loser = founders.get(random.nextInt(founders.size()));
    List<String> side = new ArrayList<>(late);
    side.add(loser);
    entries.add(scene.partition(side, 0, apart - scene.between(1, 50), scene.between(1000, 8000)));
    for (int i = 2 + random.nextInt(12); i >= 0; i--) {
      entries.add(scene.rot(loser, false, apart - scene.between(50, 500)));
    }
    entries.add(scene.crash(loser, false, apart, scene.between(20, 500)));
    return entries;
  }
}
