package dev.nucleusdb.scenarios.temper;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.ambush.Ambush;
import dev.nucleusdb.sim.ambush.Scene;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Members change often while one of the machines is gone for good, and in the middle of a change
/// somebody who has just learned of it is cut off, is not heard any more though it hears, or loses
/// power.
final class Reshuffles implements Temperament {
  @Override
  public String name() {
    return "reshuffles";
  }

  @Override
  public Set<FaultFamily> families() {
    return EnumSet.of(
        FaultFamily.CHURN, FaultFamily.PARTITION, FaultFamily.ONE_WAY, FaultFamily.CRASH);
  }

  @Override
  public FaultMix shape(FaultMix drawn, RandomSource random) {
    return drawn.with(FaultFamily.CHURN, 10 + random.nextInt(50), 0);
  }

  @Override
  public List<Ambush> ambushes(RandomSource random) {
    double chance = 0.1 + 0.4 * random.nextDouble();
    boolean gone = random.chance(0.6);
    return List.of(
        new Waylay(Ambush.BEGINNING, gone ? 1 : 0, Reshuffles::leave),
        new Waylay(Waylay.CONFIGURED, chance, Reshuffles::interrupt));
  }

  /// From then on fewer than were wished for take part, and each of them is needed.
  private static List<PlanEntry> leave(Scene scene) {
    String node = scene.some(scene.nodes(), 1).getFirst();
    return List.of(scene.entry(FaultFamily.LEAVE, node, scene.between(1000, 15_000), 0, ""));
  }

  private static List<PlanEntry> interrupt(Scene scene) {
    String node = scene.node();
    long after = scene.between(0, 50);
    long length = scene.between(100, 4000);
    String others = String.join(",", scene.others(List.of(node)));
    return switch (scene.random().nextInt(6)) {
      case 0 -> List.of(scene.crash(node, true, after, length));
      case 1, 2 -> List.of(scene.partition(List.of(node), 0, after, length));
      default -> List.of(scene.entry(FaultFamily.ONE_WAY, "", after, length, node + '>' + others));
    };
  }
}
