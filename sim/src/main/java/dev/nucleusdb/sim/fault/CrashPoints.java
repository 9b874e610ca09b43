package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which hits of the named places in one node's code are crashes or exceptions. A hit is counted
/// per node and name, over all incarnations.
public sealed interface CrashPoints {
  /// How an injected exception comes: something that nobody expects.
  String UNEXPECTED = "exception";

  /// How an injected exception comes: the heap is exhausted.
  String OUT_OF_MEMORY = "out-of-memory";

  /// The hits of one place.
  @FunctionalInterface
  interface Hits {
    /// @param ordinal which hit of the place, from 1
    /// @return the crash, or null
    @Nullable PlanEntry judge(long ordinal);
  }

  /// @param point the name of the place
  Hits at(String point);

  /// Nothing crashes.
  record Never() implements CrashPoints {
    @Override
    public Hits at(String point) {
      return ordinal -> null;
    }
  }

  /// By chance. A world activates a share of all names; an active name strikes with a probability
  /// of its own, from 0.1 % to 10 %, or a hundredth of that at the places that the seams themselves
  /// provide and that are hit all the time. All depends on seed, name, node and ordinal alone.
  final class Drawn implements CrashPoints {
    private static final long DOWN_MIN = 20_000_000;

    private final FaultFamily family;
    private final RandomSource stream;
    private final FaultMix mix;
    private final String node;

    /// @param root the stream of the world's faults
    /// @param family `POINT` or `EXCEPTION`
    public Drawn(RandomSource root, FaultFamily family, FaultMix mix, String node) {
      this.family = family;
      this.stream = root.fork(family.label());
      this.mix = mix;
      this.node = node;
    }

    private String detail(RandomSource outcome) {
      if (family == FaultFamily.EXCEPTION) {
        return outcome.chance(0.3) ? OUT_OF_MEMORY : UNEXPECTED;
      }
      return CrashMode.draw(outcome, mix).label();
    }

    @Override
    public Hits at(String point) {
      RandomSource ofWorld = stream.fork("place").fork(point);
      boolean active = ofWorld.chance(mix.rate(family));
      double probability = FaultRanges.logarithmic(ofWorld, 0.001, 0.1);
      if (point.startsWith("disk.") || point.startsWith("network.")) {
        probability /= 100;
      }
      if (!active) {
        return ordinal -> null;
      }
      RandomSource ofNode = stream.fork(node).fork(point);
      RandomSource outcomes = ofNode.fork("outcome");
      double bound = probability;
      CounterRandom hits = new CounterRandom(ofNode.fork("hit"));
      return ordinal ->
          hits.unit(ordinal) < bound ? strike(point, ordinal, outcomes.fork(ordinal)) : null;
    }

    private PlanEntry strike(String point, long ordinal, RandomSource outcome) {
      long down = FaultRanges.nanos(outcome, DOWN_MIN, mix.sizeNanos(family));
      String detail = detail(outcome);
      return new PlanEntry(family, node + '/' + point, ordinal, 0, down, 0, detail);
    }
  }

  /// By a plan.
  final class Planned implements CrashPoints {
    private final PlannedFaults plan;
    private final FaultFamily family;
    private final String node;

    /// @param plan whose entries for the node are to be followed
    /// @param family `POINT` or `EXCEPTION`
    public Planned(PlannedFaults plan, FaultFamily family, String node) {
      this.plan = plan;
      this.family = family;
      this.node = node;
    }

    @Override
    public Hits at(String point) {
      Map<Long, PlanEntry> entries = plan.of(family, node + '/' + point);
      return entries::get;
    }
  }
}
