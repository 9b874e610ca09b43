package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import java.util.List;

/// Draws the entries of faults that change in which order, and how late, what is due happens. Each
/// carries a random number of its own, from which all its choices follow.
///
/// @param mix how hard each family strikes
/// @param nodes the names of the nodes
record OrderEntries(FaultMix mix, List<String> nodes) {
  private static final long SECOND = 1_000_000_000;
  private static final long LENGTH_MIN = SECOND / 10;
  private static final long LENGTH_MAX = 20 * SECOND;
  private static final long AMOUNT_MIN = 1_000;
  private static final int CHANGES_MAX = 5;

  /// @param number which entry of the family
  /// @param at when it begins
  /// @param random the entry's own stream
  PlanEntry draw(FaultFamily family, long number, long at, RandomSource random) {
    long length = FaultRanges.nanos(random, LENGTH_MIN, LENGTH_MAX);
    long by = FaultRanges.nanos(random, AMOUNT_MIN, mix.sizeNanos(family));
    String node = nodes.get(random.nextInt(nodes.size()));
    String bits = Long.toUnsignedString(random.nextLong());
    return switch (family) {
      case SLOW_NODE -> new PlanEntry(family, node, number, at, length, by, "");
      case LATE_TIMER -> new PlanEntry(family, node, number, at, length, by, bits);
      case SHUFFLE -> new PlanEntry(family, "", number, at, length, by, bits);
      case PRIORITIES ->
          new PlanEntry(family, "", number, at, length, by, bits + changes(random, length));
      default -> throw new IllegalArgumentException(family + " changes no order");
    };
  }

  /// The moments at which priorities change, counted from the entry's beginning.
  private static String changes(RandomSource random, long length) {
    StringBuilder text = new StringBuilder();
    long count = random.nextBetween(0, CHANGES_MAX);
    long from = 0;
    for (long i = 0; i < count && from < length; i++) {
      from += random.nextBetween(1, Math.max(1, (length - from) / 1_000_000)) * 1_000_000;
      text.append(',').append(Seconds.format(from));
    }
    return text.toString();
  }
}
