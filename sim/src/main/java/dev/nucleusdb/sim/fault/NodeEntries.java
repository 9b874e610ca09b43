package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import java.util.List;

/// Draws the entries of faults that strike a machine at a moment: its power, its disk, its clock.
///
/// @param mix how hard each family strikes
/// @param nodes the names of the nodes
record NodeEntries(FaultMix mix, List<String> nodes) {
  /// How a leap second comes: the clock is set back once.
  static final String LEAP_STEP = "step";

  /// How a leap second comes: the clock runs slower for a while.
  static final String LEAP_SMEAR = "smear";

  private static final long DOWN_MIN = 20_000_000;
  private static final long LENGTH_MIN = 10_000_000;
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  /// @param number which entry of the family
  /// @param at when it begins
  /// @param random the entry's own stream
  PlanEntry draw(FaultFamily family, long number, long at, RandomSource random) {
    long size = mix.sizeNanos(family);
    return switch (family) {
      case CRASH ->
          new PlanEntry(family, node(random), number, at, down(random, size), 0, disk(random));
      case CRASH_ALL, CRASH_LEADER ->
          new PlanEntry(family, "", number, at, down(random, size), 0, disk(random));
      case PAUSE_LEADER -> new PlanEntry(family, "", number, at, length(random, size), 0, "");
      case PAUSE, NO_SPACE, STALL, READ_ONLY, HANDLES, FREEZE, ROLLBACK ->
          new PlanEntry(family, node(random), number, at, length(random, size), 0, "");
      case JUMP ->
          new PlanEntry(
              family,
              node(random),
              number,
              at,
              FaultRanges.nanos(random, LENGTH_MIN, 20 * SECOND),
              sign(random) * FaultRanges.nanos(random, MILLISECOND, size),
              "");
      case SLOW_DISK ->
          new PlanEntry(
              family,
              node(random),
              number,
              at,
              FaultRanges.nanos(random, LENGTH_MIN, 10 * SECOND),
              FaultRanges.nanos(random, MILLISECOND, size),
              "");
      case BIT_ROT, BAD_SECTOR ->
          new PlanEntry(family, node(random), number, at, 0, 0, place(random));
      case BAD_BLOCK, BAD_FILE ->
          new PlanEntry(family, node(random), number, at, 0, 0, how(random));
      case WIPE -> new PlanEntry(family, node(random), number, at, down(random, size), 0, "");
      case LEAVE -> new PlanEntry(family, node(random), number, at, 0, 0, "");
      case LEAP ->
          new PlanEntry(
              family,
              node(random),
              number,
              at,
              length(random, size),
              0,
              random.chance(0.5) ? LEAP_STEP : LEAP_SMEAR);
      default -> throw new IllegalArgumentException(family + " does not happen at a moment");
    };
  }

  /// Where on the disk: a share of all its bytes that may be damaged.
  private static String place(RandomSource random) {
    return Double.toString(random.nextInt(1_000_000) / 1e6);
  }

  /// A number that whoever strikes makes kind and place of.
  private static String how(RandomSource random) {
    return Integer.toString(random.nextInt(1_000_000));
  }

  private String node(RandomSource random) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private String disk(RandomSource random) {
    return CrashMode.draw(random, mix).label();
  }

  private static long length(RandomSource random, long size) {
    return FaultRanges.nanos(random, LENGTH_MIN, size);
  }

  private static long down(RandomSource random, long size) {
    return FaultRanges.nanos(random, DOWN_MIN, size);
  }

  private static int sign(RandomSource random) {
    return random.chance(0.5) ? 1 : -1;
  }
}
