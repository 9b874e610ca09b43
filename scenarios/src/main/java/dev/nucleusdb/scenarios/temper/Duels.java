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

/// Elections on disks that are slower than election timeouts, in a group whose machines restart at
/// once: a candidate's request waits for its disk, or is late, others rise in the same term, and
/// voters lose power between one request and the next.
final class Duels implements Temperament {
  @Override
  public String name() {
    return "duels";
  }

  @Override
  public Set<FaultFamily> families() {
    return EnumSet.of(
        FaultFamily.SLOW_DISK, FaultFamily.CRASH, FaultFamily.TYPED_DELAY, FaultFamily.ONE_WAY);
  }

  @Override
  public FaultMix shape(FaultMix drawn, RandomSource random) {
    long size = 50_000_000 + random.nextInt(1_000) * 1_000_000L;
    return drawn.with(FaultFamily.SLOW_DISK, 6 + random.nextInt(40), size);
  }

  @Override
  public List<Ambush> ambushes(RandomSource random) {
    return List.of(
        new Waylay(Waylay.VOTED, 0.1 + 0.4 * random.nextDouble(), Duels::voterRestarts),
        new Waylay(Waylay.ELECTED, 0.3 + 0.6 * random.nextDouble(), Duels::leaderFalls),
        new Waylay(Waylay.TERM_WRITTEN, 0.8 * random.fork("late").nextDouble(), Duels::isLate));
  }

  private static List<PlanEntry> voterRestarts(Scene scene) {
    return List.of(scene.crash(scene.node(), false, scene.between(0, 5), scene.between(5, 100)));
  }

  /// What somebody asks or begins in a new term reaches the others when they wait no longer, or not
  /// at all, though it hears them.
  private static List<PlanEntry> isLate(Scene scene) {
    String node = scene.node();
    if (scene.random().chance(0.4)) {
      String others = String.join(",", scene.others(List.of(node)));
      return List.of(
          scene.entry(FaultFamily.ONE_WAY, "", 0, scene.between(100, 4000), node + '>' + others));
    }
    String type = scene.random().chance(0.5) ? "raft.vote" : "raft.append";
    return List.of(
        scene
            .entry(FaultFamily.TYPED_DELAY, node, 0, scene.between(20, 1000), type)
            .amountingTo(scene.between(50, 2000)));
  }

  private static List<PlanEntry> leaderFalls(Scene scene) {
    return List.of(
        scene.crash(scene.node(), false, scene.between(0, 1000), scene.between(100, 3000)));
  }
}
