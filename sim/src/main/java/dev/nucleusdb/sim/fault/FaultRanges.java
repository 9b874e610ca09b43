package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.FaultMix.Strength;

/// The ranges from which a world draws the strength of each family, wide on purpose: what is
/// extreme in a data centre is where protocols break. Rates are drawn evenly over their order of
/// magnitude, so that rare faults are as common among worlds as frequent ones.
public final class FaultRanges {
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private FaultRanges() {}

  static Strength draw(FaultFamily family, RandomSource random) {
    return switch (family.domain()) {
      case NETWORK -> ofNetworks(family, random);
      case DISK -> ofDisks(family, random);
      case PROCESS, CLOCK, ORDER -> ofMachines(family, random);
      case LOAD -> ofLoad(family, random);
    };
  }

  private static Strength ofLoad(FaultFamily family, RandomSource random) {
    return switch (family) {
      case CHURN -> strength(random, 2, 40, 0, 0);
      default -> throw new IllegalArgumentException(family + " is not drawn from a mix");
    };
  }

  private static Strength ofNetworks(FaultFamily family, RandomSource random) {
    return switch (family) {
      case PARTITION -> strength(random, 1, 12, 200 * MILLISECOND, 10 * SECOND);
      case ONE_WAY -> strength(random, 1, 8, 200 * MILLISECOND, 8 * SECOND);
      case LOSS -> strength(random, 0.001, 0.3, 0, 0);
      case DUPLICATE -> strength(random, 0.001, 0.3, 10 * MILLISECOND, 10 * SECOND);
      case DELAY -> strength(random, 0.001, 0.05, 20 * MILLISECOND, 2 * SECOND);
      case REORDER -> strength(random, 0.01, 0.3, MILLISECOND, 100 * MILLISECOND);
      case CLOG -> strength(random, 1, 20, 100 * MILLISECOND, 5 * SECOND);
      case FAR -> strength(random, 0.1, 0.6, MILLISECOND, 100 * MILLISECOND);
      case BIT_FLIP -> strength(random, 0.0002, 0.02, 0, 0);
      case MISDELIVERY -> strength(random, 0.0002, 0.03, 0, 0);
      case NTH_LOSS -> strength(random, 0.001, 0.2, 0, 0);
      case TYPED_LOSS -> strength(random, 1, 12, 200 * MILLISECOND, 8 * SECOND);
      case TYPED_DELAY -> strength(random, 1, 12, 10 * MILLISECOND, 2 * SECOND);
      case CLOG_NODE -> strength(random, 0.5, 8, 100 * MILLISECOND, 5 * SECOND);
      case SWIZZLE -> strength(random, 0.5, 4, SECOND, 12 * SECOND);
      case BANDWIDTH, QUEUE -> strength(random, 0.5, 6, 500 * MILLISECOND, 10 * SECOND);
      case BRIDGE, RING, PARTIAL, FLAP, ISOLATE_LEADER ->
          strength(random, 0.5, 8, 200 * MILLISECOND, 10 * SECOND);
      case RESET -> strength(random, 2, 40, MILLISECOND, 2 * SECOND);
      case HALF_OPEN -> strength(random, 1, 12, 200 * MILLISECOND, 10 * SECOND);
      case HALF_CLOSE, REFUSE -> strength(random, 1, 10, 50 * MILLISECOND, 5 * SECOND);
      default -> throw new IllegalArgumentException(family + " has no range");
    };
  }

  private static Strength ofDisks(FaultFamily family, RandomSource random) {
    return switch (family) {
      case SLOW_DISK -> strength(random, 1, 6, 20 * MILLISECOND, 2 * SECOND);
      case SYNC_FAILURE -> strength(random, 0.0001, 0.005, 200 * MILLISECOND, 5 * SECOND);
      case NO_SPACE -> strength(random, 0.2, 2, 200 * MILLISECOND, 10 * SECOND);
      case STALL -> strength(random, 0.5, 6, 100 * MILLISECOND, 5 * SECOND);
      case READ_ONLY, HANDLES -> strength(random, 0.2, 2, 200 * MILLISECOND, 10 * SECOND);
      case WRITE_ERROR, READ_ERROR ->
          strength(random, 0.00002, 0.002, 200 * MILLISECOND, 5 * SECOND);
      case FOLDER_SYNC_FAILURE -> strength(random, 0.002, 0.1, 200 * MILLISECOND, 5 * SECOND);
      case FLIPPED_READ, MISREAD -> strength(random, 0.0002, 0.02, 200 * MILLISECOND, 5 * SECOND);
      case BIT_ROT, BAD_SECTOR -> strength(random, 0.3, 20, 0, 0);
      case LOST_WRITE, MISDIRECTED_WRITE -> strength(random, 0.00002, 0.002, 0, 0);
      case LYING_SYNC -> strength(random, 0.0002, 0.02, 0, 0);
      case OPEN_ERROR, SPACE_ERROR, RENAME_ERROR, DELETE_ERROR, TRUNCATE_ERROR ->
          strength(random, 0.0002, 0.02, 200 * MILLISECOND, 5 * SECOND);
      case STALE_READ, LATE_SYNC_FAILURE, HIDDEN_SYNC_LOSS ->
          strength(random, 0.0002, 0.02, 200 * MILLISECOND, 5 * SECOND);
      case BAD_BLOCK, BAD_FILE, STALE_BLOCKS -> strength(random, 0.3, 20, 0, 0);
      case ROLLBACK, WIPE -> strength(random, 0.5, 3, SECOND, 10 * SECOND);
      case TORN -> strength(random, 0.3, 1, 0, 0);
      default -> throw new IllegalArgumentException(family + " has no range");
    };
  }

  private static Strength ofMachines(FaultFamily family, RandomSource random) {
    return switch (family) {
      case CRASH_LEADER -> strength(random, 0.5, 6, 200 * MILLISECOND, 8 * SECOND);
      case PAUSE_LEADER -> strength(random, 0.5, 8, 50 * MILLISECOND, 5 * SECOND);
      case SLOW_NODE -> strength(random, 0.5, 6, MILLISECOND / 10, 5 * MILLISECOND);
      case LATE_TIMER -> strength(random, 0.5, 6, MILLISECOND, 500 * MILLISECOND);
      case SHUFFLE -> strength(random, 0.5, 3, MILLISECOND / 100, 5 * MILLISECOND);
      case PRIORITIES -> strength(random, 0.5, 3, MILLISECOND, 50 * MILLISECOND);
      case CRASH -> strength(random, 1, 12, 200 * MILLISECOND, 15 * SECOND);
      case CRASH_ALL -> strength(random, 0.2, 3, 200 * MILLISECOND, 5 * SECOND);
      case POINT -> strength(random, 0.25, 0.5, 200 * MILLISECOND, 5 * SECOND);
      case PAUSE -> strength(random, 1, 12, 50 * MILLISECOND, 5 * SECOND);
      case SKEW -> strength(random, 1, 1, 0, 0);
      case DRIFT -> strength(random, 0.5, 1, MILLISECOND / 100, SECOND / 5);
      case JUMP -> strength(random, 1, 8, 10 * MILLISECOND, 60 * SECOND);
      case LEAVE -> strength(random, 0.2, 1, 0, 0);
      case EXCEPTION -> strength(random, 0.1, 0.3, 200 * MILLISECOND, 5 * SECOND);
      case FREEZE -> strength(random, 1, 6, 10 * MILLISECOND, 20 * SECOND);
      case LEAP -> strength(random, 0.5, 2, SECOND, 20 * SECOND);
      default -> throw new IllegalArgumentException(family + " has no range");
    };
  }

  /// The share of worlds that a family has a chance to be in at all. What was there first is in
  /// most; the many shapes of one trouble take turns, since a world in which everything strikes at
  /// once stands still and finds nothing.
  static double share(FaultFamily family) {
    return switch (family) {
      case CHURN,
          FAR,
          BIT_FLIP,
          MISDELIVERY,
          NTH_LOSS,
          TYPED_LOSS,
          TYPED_DELAY,
          CLOG_NODE,
          SWIZZLE,
          BANDWIDTH,
          QUEUE,
          BRIDGE,
          RING,
          PARTIAL,
          FLAP,
          ISOLATE_LEADER,
          CRASH_LEADER,
          PAUSE_LEADER,
          SLOW_NODE,
          LATE_TIMER,
          SHUFFLE,
          PRIORITIES ->
          0.3;
      default -> 1;
    };
  }

  private static Strength strength(
      RandomSource random, double rateMin, double rateMax, long sizeMin, long sizeMax) {
    double rate = logarithmic(random, rateMin, rateMax);
    return new Strength(rate, sizeMax == 0 ? 0 : nanos(random, sizeMin, sizeMax));
  }

  /// A number between two others, evenly over its order of magnitude.
  static double logarithmic(RandomSource random, double min, double max) {
    return min * StrictMath.exp(random.nextDouble() * StrictMath.log(max / min));
  }

  /// A time between two others, evenly over its order of magnitude, in whole microseconds.
  public static long nanos(RandomSource random, long min, long max) {
    double drawn =
        max <= min ? (double) max : logarithmic(random, (double) Math.max(1, min), (double) max);
    long micros = (long) (drawn / 1_000);
    return Math.max(1, micros) * 1_000;
  }
}
