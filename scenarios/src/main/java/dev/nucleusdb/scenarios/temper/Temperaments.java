package dev.nucleusdb.scenarios.temper;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.ambush.Ambush;
import dev.nucleusdb.sim.ambush.Scene;
import dev.nucleusdb.sim.ambush.Temper;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which temperament a world has, if any: two of three have none, and are what they are without all
/// this.
public final class Temperaments {
  /// The seed decides.
  public static final String DRAWN = "drawn";

  /// No temperament.
  public static final String NONE = "none";

  private static final double SHARE = 1 / 3.0;

  private static final List<Temperament> FIRST =
      List.of(
          new ShortReigns(),
          new Duels(),
          new SeveredLeaders(),
          new ReturningLeaders(),
          new CutHandovers(),
          new Rooms(),
          new Newcomers(),
          new Reshuffles(),
          new LostNodes());

  /// Each of these takes its share of the worlds of all before it, and leaves the others what they
  /// were before there was this one.
  private static final List<Temperament> LATER = List.of(new SecludedLeaders());

  private Temperaments() {}

  /// The names of all.
  public static List<String> names() {
    return Stream.of(FIRST, LATER).flatMap(List::stream).map(Temperament::name).toList();
  }

  /// Whether a temperament can be asked for by that name.
  public static boolean isName(String name) {
    return name.equals(DRAWN) || name.equals(NONE) || names().contains(name);
  }

  /// The faults of a world that is drawn.
  ///
  /// @param name of a temperament, or [#DRAWN], or [#NONE]
  /// @param allowed the families that may strike; there is no temperament that needs others
  public static FaultSource.Draw draw(long seed, Set<FaultFamily> allowed, String name) {
    FaultMix mix = FaultMix.draw(seed, allowed);
    RandomSource random = new SplitMix(seed).fork("temperament");
    @Nullable Temperament chosen = null;
    if (!name.equals(DRAWN)) {
      chosen =
          Stream.of(possible(FIRST, allowed), possible(LATER, allowed))
              .flatMap(List::stream)
              .filter(one -> one.name().equals(name))
              .findFirst()
              .orElse(null);
    } else if (random.fork("share").chance(SHARE)) {
      chosen = choose(allowed, random);
    }
    if (chosen == null) {
      return new FaultSource.Draw(mix);
    }
    RandomSource own = random.fork(chosen.name());
    FaultMix shaped = chosen.shape(thinned(mix, own.fork("thin")), own.fork("mix"));
    return new FaultSource.Draw(
        shaped,
        new Temper(
            chosen.name(),
            chosen.ambushes(own.fork("ambushes")).stream()
                .map(ambush -> (Ambush) new Bounded(ambush, allowed))
                .toList()));
  }

  private static List<Temperament> possible(List<Temperament> all, Set<FaultFamily> allowed) {
    return all.stream().filter(one -> allowed.containsAll(one.families())).toList();
  }

  private static @Nullable Temperament choose(Set<FaultFamily> allowed, RandomSource random) {
    List<Temperament> first = possible(FIRST, allowed);
    int count = first.size();
    Temperament chosen = count == 0 ? null : first.get(random.fork("which").nextInt(count));
    for (Temperament later : possible(LATER, allowed)) {
      count++;
      chosen = random.fork("later").fork(later.name()).chance(1.0 / count) ? later : chosen;
    }
    return chosen;
  }

  /// An ambush that strikes with nothing but what may strike.
  private record Bounded(Ambush ambush, Set<FaultFamily> allowed) implements Ambush {
    @Override
    public String place() {
      return ambush.place();
    }

    @Override
    public List<PlanEntry> spring(Scene scene) {
      return ambush.spring(scene).stream()
          .filter(entry -> allowed.contains(entry.family()))
          .toList();
    }
  }

  /// What a temperament needs seldom comes about where all else strikes too.
  private static FaultMix thinned(FaultMix mix, RandomSource random) {
    double share = random.fork("share").chance(0.5) ? 0 : 0.5 * random.fork("rest").nextDouble();
    return mix.keeping(family -> random.fork(family.label()).chance(share));
  }
}
