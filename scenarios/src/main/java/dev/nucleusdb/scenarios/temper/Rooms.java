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

/// The nodes stand in two rooms. The link between the rooms fails, the larger one goes on alone,
/// and loses power when, or soon after, the link is back; its machines return one by one, some with
/// damaged disks.
final class Rooms implements Temperament {
  @Override
  public String name() {
    return "rooms";
  }

  @Override
  public Set<FaultFamily> families() {
    return EnumSet.of(FaultFamily.PARTITION, FaultFamily.CRASH, FaultFamily.BIT_ROT);
  }

  @Override
  public List<Ambush> ambushes(RandomSource random) {
    double chance = 0.3 + 0.5 * random.nextDouble();
    List<String> room = new ArrayList<>();
    return List.of(new Waylay(Waylay.ELECTED, chance, scene -> fail(scene, room)));
  }

  /// @param room the larger one, the same in all of a world's life; whose first machines have the
  ///   oldest disks
  private static List<PlanEntry> fail(Scene scene, List<String> room) {
    RandomSource random = scene.random();
    if (room.isEmpty()) {
      room.addAll(scene.some(scene.nodes(), scene.nodes().size() / 2 + 1));
    }
    long after = scene.between(100, 4000);
    long length = scene.between(100, 3000);
    List<PlanEntry> entries = new ArrayList<>();
    entries.add(scene.partition(room, 0, after, length));
    long dark = after + length - (random.chance(0.5) ? scene.between(0, 50) : 0);
    int damaged = random.nextInt(room.size());
    for (int i = 0; i < room.size(); i++) {
      String node = room.get(i);
      boolean rots = i < damaged;
      for (boolean more = rots; more; more = random.chance(0.4)) {
        entries.add(scene.rot(node, random.chance(0.8), Math.max(0, dark - scene.between(1, 20))));
      }
      long down = rots ? scene.between(20, 500) : scene.between(50, 6000);
      entries.add(scene.crash(node, false, dark, down));
    }
    return entries;
  }
}
