package dev.nucleusdb.sim.network.chance;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.CounterRandom;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.PlannedFaults;
import dev.nucleusdb.sim.network.Message;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which messages of a link a family strikes, and how hard. Chance depends on the seed, the family,
/// the link and the message's ordinal alone.
public sealed interface Choice {

  /// The fault that strikes a message, or null if it is spared.
  @Nullable PlanEntry strike(Message message);

  /// By chance.
  final class Drawn implements Choice {
    private final FaultFamily family;
    private final double probability;
    private final long amountMaxNanos;
    private final Details details;
    private final PerLink<CounterRandom> hits;
    private final PerLink<CounterRandom> amounts;

    /// What an entry says beside its amount.
    @FunctionalInterface
    public interface Details {
      /// @param random 64 random bits of this message
      String of(Message message, long random);
    }

    /// A family whose entries have an amount at most.
    ///
    /// @param root the stream of the world's faults
    public Drawn(RandomSource root, FaultFamily family, FaultMix mix) {
      this(root, family, mix, (message, random) -> "");
    }

    /// A family whose entries have a detail.
    ///
    /// @param root the stream of the world's faults
    public Drawn(RandomSource root, FaultFamily family, FaultMix mix, Details details) {
      this.family = family;
      RandomSource stream = root.fork(family.label());
      this.probability = mix.rate(family);
      this.amountMaxNanos = mix.sizeNanos(family);
      this.details = details;
      this.hits = new PerLink<>(link -> new CounterRandom(stream.fork("hit").fork(link)));
      this.amounts = new PerLink<>(link -> new CounterRandom(stream.fork("amount").fork(link)));
    }

    @Override
    public @Nullable PlanEntry strike(Message message) {
      long ordinal = message.ordinal();
      if (probability <= 0 || hits.of(message.link()).unit(ordinal) >= probability) {
        return null;
      }
      CounterRandom amount = amounts.of(message.link());
      long nanos =
          amountMaxNanos == 0 ? 0 : 1_000 + amount.upTo(amountMaxNanos, ordinal) / 1_000 * 1_000;
      String detail = details.of(message, amount.bits(ordinal));
      return new PlanEntry(family, message.link().name(), ordinal, 0, 0, nanos, detail);
    }
  }

  /// By a plan.
  final class Planned implements Choice {
    private final PerLink<Map<Long, PlanEntry>> entries;

    /// @param plan whose entries of the family are to be followed
    public Planned(PlannedFaults plan, FaultFamily family) {
      this.entries = new PerLink<>(link -> plan.of(family, link));
    }

    @Override
    public @Nullable PlanEntry strike(Message message) {
      return entries.of(message.link()).get(message.ordinal());
    }
  }
}
