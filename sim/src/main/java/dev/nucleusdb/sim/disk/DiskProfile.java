package dev.nucleusdb.sim.disk;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.RandomSource;
import java.time.Duration;

/// A disk on a good day.
///
/// @param syncMin what every sync takes at least; default 0.2 ms, drawn from 20 µs to 10 ms
/// @param syncTail the mean of the exponential part on top; default 0.5 ms, drawn from 20 µs to 20
///   ms
public record DiskProfile(Duration syncMin, Duration syncTail) {
  /// A good drive.
  public static final DiskProfile DEFAULT =
      new DiskProfile(Duration.ofNanos(200_000), Duration.ofNanos(500_000));

  /// @throws IllegalArgumentException if a time is negative
  public DiskProfile {
    require(!syncMin.isNegative(), "negative latency %s", syncMin);
    require(!syncTail.isNegative(), "negative latency %s", syncTail);
  }

  /// A disk from the ranges above.
  public static DiskProfile draw(RandomSource random) {
    return new DiskProfile(
        logarithmic(random.fork("sync-min"), 20_000, 10_000_000),
        logarithmic(random.fork("sync-tail"), 20_000, 20_000_000));
  }

  private static Duration logarithmic(RandomSource random, double minNanos, double maxNanos) {
    double exponent = random.nextDouble() * StrictMath.log(maxNanos / minNanos);
    return Duration.ofNanos((long) (minNanos * StrictMath.exp(exponent)));
  }
}
