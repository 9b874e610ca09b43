package dev.nucleusdb.scenarios.temper;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.ambush.Ambush;
import dev.nucleusdb.sim.ambush.Scene;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// A leader is cut off together with everybody who asks for anything, as in a rack whose
/// applications stand beside it: it is given all that is to be written, and keeps it for itself,
/// while the others elect another, whom nobody asks until the link is back.
final class SecludedLeaders implements Temperament {
  @Override
  public String name() {
    return "secluded-leaders";
  }

  @Override
  public Set<FaultFamily> families() {
    return EnumSet.of(FaultFamily.PARTITION, FaultFamily.CHURN);
  }

  /// In most of its worlds an administrator is among those who ask.
  @Override
  public FaultMix shape(FaultMix drawn, RandomSource random) {
    return random.chance(0.7)
        ? drawn.with(FaultFamily.CHURN, 30 + random.nextInt(90), 0)
        : drawn.keeping(family -> family != FaultFamily.CHURN);
  }

  @Override
  public List<Ambush> ambushes(RandomSource random) {
    AtomicLong openNanos = new AtomicLong();
    return List.of(new Waylay(Waylay.ELECTED, 0.9, scene -> seclude(scene, openNanos)));
  }

  /// @param openNanos when the last link that was cut is back, in true time
  private static List<PlanEntry> seclude(Scene scene, AtomicLong openNanos) {
    long open = Math.max(0, openNanos.get() - scene.nowNanos());
    long after = open + scene.between(100, 3000);
    long length = scene.between(800, 6000);
    openNanos.set(scene.nowNanos() + after + length);
    List<String> side = new ArrayList<>(List.of(scene.node()));
    side.addAll(scene.clients());
    String rest = String.join(",", scene.others(List.of(scene.node())));
    return List.of(
        scene.entry(FaultFamily.PARTITION, "", after, length, String.join(",", side) + '|' + rest));
  }
}
