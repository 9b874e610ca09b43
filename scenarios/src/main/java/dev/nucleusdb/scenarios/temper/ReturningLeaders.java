package dev.nucleusdb.scenarios.temper;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.ambush.Ambush;
import dev.nucleusdb.sim.ambush.Scene;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// Leaders that have led for long lose power for moments, are back before anybody has missed them,
/// and are elected again, while what they have sent in their earlier reign is still on its way.
/// Many of those who came back are then cut off.
final class ReturningLeaders implements Temperament {
  /// What is held up.
  private static final List<String> LATE = List.of("raft.append", "raft.append", "raft.read");

  @Override
  public String name() {
    return "returning-leaders";
  }

  @Override
  public Set<FaultFamily> families() {
    return EnumSet.of(
        FaultFamily.PARTITION, FaultFamily.CRASH, FaultFamily.TYPED_DELAY, FaultFamily.DRIFT);
  }

  @Override
  public List<Ambush> ambushes(RandomSource random) {
    double cuts = 0.3 + 0.6 * random.nextDouble();
    AtomicReference<String> last = new AtomicReference<>("");
    Ambush reigns = new Waylay(Waylay.ELECTED, 0.95, scene -> follow(scene, cuts, last));
    return random.chance(0.5)
        ? List.of(reigns)
        : List.of(reigns, new Waylay(Ambush.BEGINNING, 1, SeveredLeaders::drift));
  }

  /// @param cuts how often a leader that has come back is cut off
  /// @param last who led before; empty if nobody did
  private static List<PlanEntry> follow(Scene scene, double cuts, AtomicReference<String> last) {
    boolean again = last.getAndSet(scene.node()).equals(scene.node());
    // Soon after, while the rounds of this reign are fewer than those of the one before.
    return again && scene.random().chance(cuts)
        ? SeveredLeaders.sever(scene, 1000)
        : comeBack(scene);
  }

  private static List<PlanEntry> comeBack(Scene scene) {
    String type = LATE.get(scene.random().nextInt(LATE.size()));
    long after = scene.between(1500, 8000);
    long late = scene.between(20, 500);
    long by = scene.between(300, 2000);
    return List.of(
        scene.entry(FaultFamily.TYPED_DELAY, scene.node(), after, late, type).amountingTo(by),
        scene.crash(scene.node(), false, after + late, scene.between(1, 20)));
  }
}
