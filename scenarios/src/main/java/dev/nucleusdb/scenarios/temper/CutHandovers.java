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

/// A planned change of leaders goes wrong in the middle: a leader that has told another to take
/// over is cut off, hears nothing any more though it is heard, or loses power; or the other is not
/// heard when it asks for votes, or cut off.
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
    double chance = 0.4 + 0.5 * random.nextDouble();
    double heirs = random.fork("heirs").nextDouble();
    AtomicReference<String> leaver = new AtomicReference<>("");
    return List.of(
        new Waylay(Waylay.HANDED_OVER, chance, scene -> interrupt(scene, heirs, leaver)),
        new Waylay(Waylay.TERM_WRITTEN, 1, scene -> meetHeir(scene, leaver)));
  }

  /// @param heirs how often it strikes whoever is told, rather than who tells
  /// @param leaver whose heir is waited for; empty if nobody's is
  private static List<PlanEntry> interrupt(
      Scene scene, double heirs, AtomicReference<String> leaver) {
    String leader = scene.node();
    long after = scene.between(0, 200);
    long length = scene.between(100, 4000);
    boolean strikesHeir = scene.random().fork("heir").chance(heirs);
    leaver.set(strikesHeir ? leader : "");
    if (strikesHeir) {
      return List.of();
    }
    return switch (scene.random().nextInt(5)) {
      case 0 -> List.of(scene.crash(leader, true, after, length));
      case 1, 2 -> List.of(scene.partition(List.of(leader), 0.5, after, length));
      default ->
          List.of(
              scene.entry(
                  FaultFamily.ONE_WAY, "", after, length, list(scene, leader) + '>' + leader));
    };
  }

  /// Who writes a new term down next has been told to take over: what it asks the others leaves
  /// when that is durable.
  private static List<PlanEntry> meetHeir(Scene scene, AtomicReference<String> leaver) {
    String heir = scene.node();
    if (leaver.get().isEmpty() || leaver.get().equals(heir)) {
      return List.of();
    }
    leaver.set("");
    long length = scene.between(100, 4000);
    return scene.random().chance(0.3)
        ? List.of(scene.partition(List.of(heir), 0.5, 0, length))
        : List.of(scene.entry(FaultFamily.ONE_WAY, "", 0, length, heir + '>' + list(scene, heir)));
  }

  private static String list(Scene scene, String node) {
    return String.join(",", scene.others(List.of(node)));
  }
}
