package dev.nucleusdb.sim.network.chance;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.CounterRandom;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.PlannedFaults;
import dev.nucleusdb.sim.network.Message;
import java.util.LinkedHashMap;
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
    private final RandomSource stream;
    private final double probability;
    private final long amountMaxNanos;
    private final Details details;
    private final Map<String, CounterRandom> hits = new LinkedHashMap<>();
    private final Map<String, CounterRandom> amounts = new LinkedHashMap<>();

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
      this.stream = root.fork(family.label());
      this.probability = mix.rate(family);
      this.amountMaxNanos = mix.sizeNanos(family);
      this.details = details;
    }

    @Override
    public @Nullable PlanEntry strike(Message message) {
      String link = message.link().name();
      long ordinal = message.ordinal();
      if (probability <= 0 || random(hits, "hit", link).unit(ordinal) >= probability) {
        return null;
      }
      CounterRandom amount = random(amounts, "amount", link);
      long nanos =
          amountMaxNanos == 0 ? 0 : 1_000 + amount.upTo(amountMaxNanos, ordinal) / 1_000 * 1_000;
      String detail = details.of(message, amount.bits(ordinal));
      return new PlanEntry(family, link, ordinal, 0, 0, nanos, detail);
    }

    private CounterRandom random(Map<String, CounterRandom> cache, String purpose, String link) {
      return cache.computeIfAbsent(
          link, name -> new CounterRandom(stream.fork(purpose).fork(name)));
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
    public @Nullable PlanEntry strike(Message message) {
      return byLink
          .computeIfAbsent(message.link().name(), name -> plan.of(family, name))
          .get(message.ordinal());
    }
  }
}
