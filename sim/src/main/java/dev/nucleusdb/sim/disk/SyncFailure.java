package dev.nucleusdb.sim.disk;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.CounterRandom;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.PlannedFaults;
import org.jspecify.annotations.Nullable;

/// Lets single syncs fail: by chance, which depends on the node and the ordinal of the sync alone,
/// or because a plan says so. What the sync covered is on the platter (`bytes=kept`) or lost for
/// good (`bytes=lost`), although the cache goes on showing it (Rebello et al., ATC 2020).
public sealed interface SyncFailure {
  /// The detail of an entry whose bytes are on the platter all the same.
  String KEPT = "kept";

  /// The detail of an entry whose bytes are lost.
  String LOST = "lost";

  /// @param ordinal which sync of the node, from 1
  /// @return the fault that strikes this sync, or null
  @Nullable PlanEntry judge(long ordinal);

  /// No sync fails.
  record Never() implements SyncFailure {
    @Override
    public @Nullable PlanEntry judge(long ordinal) {
      return null;
    }
  }

  /// By chance.
  final class Drawn implements SyncFailure {
    private final String node;
    private final double probability;
    private final long downMaxNanos;
    private final CounterRandom hits;
    private final CounterRandom outcomes;

    /// @param root the stream of the world's faults
    public Drawn(RandomSource root, FaultMix mix, String node) {
      RandomSource stream = root.fork(FaultFamily.SYNC_FAILURE.label()).fork(node);
      this.node = node;
      this.probability = mix.rate(FaultFamily.SYNC_FAILURE);
      this.downMaxNanos = mix.sizeNanos(FaultFamily.SYNC_FAILURE);
      this.hits = new CounterRandom(stream.fork("hit"));
      this.outcomes = new CounterRandom(stream.fork("outcome"));
    }

    @Override
    public @Nullable PlanEntry judge(long ordinal) {
      if (hits.unit(ordinal) >= probability) {
        return null;
      }
      String bytes = outcomes.bits(ordinal) < 0 ? KEPT : LOST;
      long down = 20_000_000 + outcomes.upTo(downMaxNanos, ordinal) / 1_000 * 1_000;
      return new PlanEntry(FaultFamily.SYNC_FAILURE, node, ordinal, 0, down, 0, bytes);
    }
  }

  /// By a plan.
  record Planned(PlannedFaults plan, String node) implements SyncFailure {
    @Override
    public @Nullable PlanEntry judge(long ordinal) {
      return plan.find(FaultFamily.SYNC_FAILURE, node, ordinal);
    }
  }
}
