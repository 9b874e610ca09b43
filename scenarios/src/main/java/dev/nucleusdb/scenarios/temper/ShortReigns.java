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
import java.util.TreeSet;

/// Whoever is elected soon falls: it is cut off with what clients have given it, alone or with a
/// minority, or loses power, and comes back when others have led. So entries of many terms lie on
/// few nodes each (figure 8 of the Raft paper). In some worlds all power goes just when a leader has
/// committed something for the first time, and it comes back last.
final class ShortReigns implements Temperament {
  private static final String COMMITTED = "raft.committed";

  @Override
  public String name() {
    return "short-reigns";
  }

  @Override
  public Set<FaultFamily> families() {
    return EnumSet.of(FaultFamily.PARTITION, FaultFamily.CRASH);
  }

  @Override
  public List<Ambush> ambushes(RandomSource random) {
    double chance = 0.4 + 0.5 * random.nextDouble();
    double cuts = 0.2 + 0.8 * random.nextDouble();
    double earlyCuts = random.nextDouble();
    double blackouts = random.chance(0.6) ? 0.1 + 0.3 * random.nextDouble() : 0;
    Set<String> untried = new TreeSet<>();
    return List.of(
        new Waylay(
            Waylay.ELECTED,
            1,
            scene -> {
              untried.add(scene.node());
              return scene.random().chance(chance) ? fall(scene, cuts, earlyCuts) : List.of();
            }),
        new Waylay(
            COMMITTED,
            1,
            scene ->
                untried.remove(scene.node()) && scene.random().chance(blackouts)
                    ? blackout(scene)
                    : List.of()));
  }

  private static List<PlanEntry> fall(Scene scene, double cuts, double earlyCuts) {
    RandomSource random = scene.random();
    List<String> side = new ArrayList<>(List.of(scene.node()));
    boolean cut = random.chance(cuts);
    boolean early = random.chance(earlyCuts);
    long after = early ? scene.between(0, 10) : scene.between(50, 1000);
    if (!cut) {
      return List.of(scene.crash(scene.node(), true, after, scene.between(50, 3000)));
    }
    if (!early && random.chance(0.4)) {
      side.addAll(scene.some(scene.others(side), (scene.nodes().size() - 1) / 2));
    }
    return List.of(scene.partition(side, 0, after, scene.between(300, 3000)));
  }

  private static List<PlanEntry> blackout(Scene scene) {
    List<PlanEntry> entries = new ArrayList<>();
    long after = scene.between(0, 5);
    for (String node : scene.nodes()) {
      boolean leads = node.equals(scene.node());
      long down = leads ? scene.between(500, 5000) : scene.between(10, 300);
      entries.add(scene.crash(node, true, after, down));
    }
    return entries;
  }
}
