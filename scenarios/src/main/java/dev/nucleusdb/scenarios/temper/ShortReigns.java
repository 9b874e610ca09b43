package dev.nucleusdb.scenarios.temper;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.ambush.Ambush;
import dev.nucleusdb.sim.ambush.Scene;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Whoever is elected soon falls: it is cut off with what clients have given it, alone or with a
/// minority, or loses power, and comes back when others have led. So entries of many terms lie on
/// few nodes each (figure 8 of the Raft paper). In some worlds all power goes just when a leader
/// has committed something for the first time, and it comes back last.
final class ShortReigns implements Temperament {
  private static final String COMMITTED = "raft.committed";

  /// How a leader falls.
  private enum Fall {
    NONE,
    POWER,
    CUT_AT_ONCE,
    CUT_LATER,
    BLACKOUT
  }

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
    List<Fall> falls = new ArrayList<>();
    for (Fall fall : Fall.values()) {
      falls.addAll(Collections.nCopies(1 + random.nextInt(3), fall));
    }
    Set<String> doomed = new TreeSet<>();
    return List.of(
        new Waylay(Waylay.ELECTED, 1, scene -> fall(scene, falls, doomed)),
        new Waylay(
            COMMITTED, 1, scene -> doomed.remove(scene.node()) ? blackout(scene) : List.of()));
  }

  /// @param falls how leaders fall in this world, some ways more often than others
  /// @param doomed leaders whose first commitment is the last
  private static List<PlanEntry> fall(Scene scene, List<Fall> falls, Set<String> doomed) {
    RandomSource random = scene.random();
    String leader = scene.node();
    doomed.remove(leader);
    long length = scene.between(300, 2000);
    return switch (falls.get(random.nextInt(falls.size()))) {
      case NONE -> List.of();
      case POWER -> List.of(scene.crash(leader, true, scene.between(1, 1000), length));
      case CUT_AT_ONCE -> List.of(scene.partition(List.of(leader), 0, scene.between(0, 5), length));
      case CUT_LATER -> {
        List<String> side = new ArrayList<>(List.of(leader));
        if (random.chance(0.3)) {
          side.addAll(scene.some(scene.others(side), (scene.nodes().size() - 1) / 2));
        }
        yield List.of(scene.partition(side, 0, scene.between(50, 1000), length));
      }
      case BLACKOUT -> {
        doomed.add(leader);
        yield List.of();
      }
    };
  }

  private static List<PlanEntry> blackout(Scene scene) {
    List<PlanEntry> entries = new ArrayList<>();
    long after = scene.between(0, 5);
    boolean allIsLost = scene.random().chance(0.6);
    for (String node : scene.nodes()) {
      boolean leads = node.equals(scene.node());
      long down = leads ? scene.between(1500, 6000) : scene.between(50, 1500);
      entries.add(
          allIsLost
              ? scene.entry(FaultFamily.CRASH, node, after, down, CrashMode.DROP.label())
              : scene.crash(node, true, after, down));
    }
    return entries;
  }
}
