package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which hits of the named places in one node's code are crashes or exceptions. A hit is counted
/// per node and name, over all incarnations.
public sealed interface CrashPoints {
  /// How an injected exception comes: something that nobody expects.
  String UNEXPECTED = "exception";

  /// How an injected exception comes: the heap is exhausted.
  String OUT_OF_MEMORY = "out-of-memory";

  /// @param point the name of the place
  /// @param ordinal which hit of it, from 1
  /// @return the crash, or null
  @Nullable PlanEntry judge(String point, long ordinal);

  /// Nothing crashes.
  record Never() implements CrashPoints {
    @Override
    public @Nullable PlanEntry judge(String point, long ordinal) {
      return null;
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
    private final Map<String, Place> places = new LinkedHashMap<>();

    private record Place(double probability, CounterRandom hits, RandomSource outcomes) {}

    /// @param root the stream of the world's faults
    /// @param family `POINT` or `EXCEPTION`
    public Drawn(RandomSource root, FaultFamily family, FaultMix mix, String node) {
      this.family = family;
      this.stream = root.fork(family.label());
      this.mix = mix;
      this.node = node;
    }

    @Override
    public @Nullable PlanEntry judge(String point, long ordinal) {
      Place place = places.get(point);
      if (place == null) {
        place = place(point);
        places.put(point, place);
      }
      if (place.probability == 0 || place.hits.unit(ordinal) >= place.probability) {
        return null;
      }
      RandomSource outcome = place.outcomes.fork(ordinal);
      long down = FaultRanges.nanos(outcome, DOWN_MIN, mix.sizeNanos(family));
      String detail = detail(outcome);
      return new PlanEntry(family, node + '/' + point, ordinal, 0, down, 0, detail);
    }

    private String detail(RandomSource outcome) {
      if (family == FaultFamily.EXCEPTION) {
        return outcome.chance(0.3) ? OUT_OF_MEMORY : UNEXPECTED;
      }
      return CrashMode.draw(outcome, mix).label();
    }

    private Place place(String point) {
      RandomSource ofWorld = stream.fork("place").fork(point);
      boolean active = ofWorld.chance(mix.rate(family));
      double probability = FaultRanges.logarithmic(ofWorld, 0.001, 0.1);
      if (point.startsWith("disk.") || point.startsWith("network.")) {
        probability /= 100;
      }
      RandomSource ofNode = stream.fork(node).fork(point);
      return new Place(
          active ? probability : 0, new CounterRandom(ofNode.fork("hit")), ofNode.fork("outcome"));
    }
  }

  /// By a plan.
  final class Planned implements CrashPoints {
    private final PlannedFaults plan;
    private final FaultFamily family;
    private final String node;
    private final Map<String, Map<Long, PlanEntry>> places = new LinkedHashMap<>();

    /// @param plan whose entries for the node are to be followed
    /// @param family `POINT` or `EXCEPTION`
    public Planned(PlannedFaults plan, FaultFamily family, String node) {
      this.plan = plan;
      this.family = family;
      this.node = node;
    }

    @Override
    public @Nullable PlanEntry judge(String point, long ordinal) {
      Map<Long, PlanEntry> entries = places.get(point);
      if (entries == null) {
        entries = plan.of(family, node + '/' + point);
        places.put(point, entries);
      }
      return entries.isEmpty() ? null : entries.get(ordinal);
    }
  }
}
