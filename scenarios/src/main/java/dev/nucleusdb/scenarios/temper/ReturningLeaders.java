package dev.nucleusdb.scenarios.temper;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.Ambush;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.Scene;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Leaders lose power for moments, are back before anybody has missed them, and are elected again,
/// while what they have sent in their earlier reign is still on its way; some reigns end in a cut.
final class ReturningLeaders implements Temperament {
  private static final List<String> LATE =
      List.of("raft.append", "raft.append", "raft.append-reply", "raft.read");

  @Override
  public String name() {
    return "returning-leaders";
  }

  @Override
  public Set<FaultFamily> families() {
    return EnumSet.of(FaultFamily.PARTITION, FaultFamily.CRASH, FaultFamily.TYPED_DELAY);
  }

  @Override
  public List<Ambush> ambushes(RandomSource random) {
    double cuts = 0.2 + 0.6 * random.nextDouble();
    return List.of(
        new Waylay(
            Waylay.ELECTED,
            0.95,
            scene ->
                scene.random().chance(cuts) ? SeveredLeaders.sever(scene) : comeBack(scene)));
  }

  private static List<PlanEntry> comeBack(Scene scene) {
    String type = LATE.get(scene.random().nextInt(LATE.size()));
    long after = scene.between(300, 3000);
    long late = scene.between(20, 500);
    long by = scene.between(200, 5000);
    return List.of(
        scene.entry(FaultFamily.TYPED_DELAY, scene.node(), after, late, type).amountingTo(by),
        scene.crash(scene.node(), false, after + late, scene.between(1, 20)));
  }
}
