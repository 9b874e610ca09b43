package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which calls of one kind of one node are struck by one family: the n-th sync, read or append,
/// counted over all incarnations. By chance, which depends on the family, the node and the ordinal
/// alone, or because a plan says so.
public sealed interface OrdinalFaults {
  /// @param ordinal which call of the node, from 1
  /// @return the fault that strikes this call, or null
  @Nullable PlanEntry judge(long ordinal);

  /// Whether any call can be struck at all.
  default boolean isOff() {
    return false;
  }

  /// No call is struck.
  record Never() implements OrdinalFaults {
    @Override
    public @Nullable PlanEntry judge(long ordinal) {
      return null;
    }

    @Override
    public boolean isOff() {
      return true;
    }
  }

  /// By chance.
  final class Drawn implements OrdinalFaults {
    private static final long DOWN_MIN = 20_000_000;

    private final FaultFamily family;
    private final String node;
    private final String[] details;
    private final double probability;
    private final long downMaxNanos;
    private final CounterRandom hits;
    private final CounterRandom outcomes;

    /// @param root the stream of the world's faults
    /// @param details one of them is drawn for each entry; empty if entries have none
    public Drawn(
        RandomSource root, FaultMix mix, FaultFamily family, String node, String... details) {
      RandomSource stream = root.fork(family.label()).fork(node);
      this.family = family;
      this.node = node;
      this.details = details.clone();
      this.probability = mix.rate(family);
      this.downMaxNanos = mix.sizeNanos(family);
      this.hits = new CounterRandom(stream.fork("hit"));
      this.outcomes = new CounterRandom(stream.fork("outcome"));
    }

    @Override
    public @Nullable PlanEntry judge(long ordinal) {
      if (probability <= 0 || hits.unit(ordinal) >= probability) {
        return null;
      }
      String detail =
          details.length == 0 ? "" : details[(int) outcomes.upTo(details.length - 1L, -ordinal)];
      long down =
          family.takesDown() ? DOWN_MIN + outcomes.upTo(downMaxNanos, ordinal) / 1_000 * 1_000 : 0;
      return new PlanEntry(family, node, ordinal, 0, down, 0, detail);
    }
  }

  /// By a plan.
  final class Planned implements OrdinalFaults {
    private final Map<Long, PlanEntry> entries;

    /// @param plan whose entries for the node are to be followed
    public Planned(PlannedFaults plan, FaultFamily family, String node) {
      this.entries = plan.of(family, node);
    }

    @Override
    public @Nullable PlanEntry judge(long ordinal) {
      return entries.isEmpty() ? null : entries.get(ordinal);
    }

    @Override
    public boolean isOff() {
      return entries.isEmpty();
    }
  }
}
