package dev.nucleusdb.sim.network;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.CounterRandom;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.PlannedFaults;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A rule that strikes single messages: by chance, or because a plan says so. Chance depends on the
/// seed, the family, the link and the message's ordinal alone.
public sealed interface ChanceRule extends Rule permits Loss, Delay, Reorder, Duplication {

  /// The family whose entries it makes.
  FaultFamily family();

  /// By how much it delays what it strikes; 0 where that means nothing.
  static long amountOf(Fate fate) {
    return switch (fate) {
      case Fate.Deliver(long extraNanos, boolean _) -> extraNanos;
      case Fate.Duplicate(long delayNanos) -> delayNanos;
      case Fate.Pass _, Fate.Drop _, Fate.Hold _ -> 0;
    };
  }

  /// Which messages are struck, and how hard.
  sealed interface Choice {
    /// @return the amount in nanoseconds, or -1 if the message is spared
    long strike(Link link, long ordinal);
  }

  /// By chance.
  final class Drawn implements Choice {
    private final RandomSource stream;
    private final double probability;
    private final long amountMaxNanos;
    private final Map<String, CounterRandom> hits = new LinkedHashMap<>();
    private final Map<String, CounterRandom> amounts = new LinkedHashMap<>();

    /// @param root the stream of the world's faults
    public Drawn(RandomSource root, FaultFamily family, FaultMix mix) {
      this.stream = root.fork(family.label());
      this.probability = mix.rate(family);
      this.amountMaxNanos = mix.sizeNanos(family);
    }

    @Override
    public long strike(Link link, long ordinal) {
      if (probability <= 0 || random(hits, "hit", link).unit(ordinal) >= probability) {
        return -1;
      }
      return amountMaxNanos == 0
          ? 0
          : 1_000 + random(amounts, "amount", link).upTo(amountMaxNanos, ordinal) / 1_000 * 1_000;
    }

    private CounterRandom random(Map<String, CounterRandom> cache, String purpose, Link link) {
      return cache.computeIfAbsent(
          link.name(), name -> new CounterRandom(stream.fork(purpose).fork(name)));
    }
  }

  /// By a plan.
  final class Planned implements Choice {
    private final PlannedFaults plan;
    private final FaultFamily family;
    private final Map<String, Map<Long, PlanEntry>> byLink = new LinkedHashMap<>();

    /// @param plan whose entries of the family are to be followed
    public Planned(PlannedFaults plan, FaultFamily family) {
      this.plan = plan;
      this.family = family;
    }

    @Override
    public long strike(Link link, long ordinal) {
      @Nullable PlanEntry entry =
          byLink.computeIfAbsent(link.name(), name -> plan.of(family, name)).get(ordinal);
      return entry == null ? -1 : entry.byNanos();
    }
  }
}
