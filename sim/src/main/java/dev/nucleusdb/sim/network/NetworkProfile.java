package dev.nucleusdb.sim.network;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.RandomSource;
import java.time.Duration;

/// A network on a good day.
///
/// @param latencyMin what every message takes at least; default 0.5 ms, drawn from 50 µs to 10 ms
/// @param latencyTail the mean of the exponential part on top; default 1 ms, drawn from 50 µs to 20
///   ms
/// @param linkCapacity how many messages of one link may be on the way at once; default 1,000,
///   drawn from 20 to 5,000
/// @param maxMessageBytes the largest message; default 4 MiB
public record NetworkProfile(
    Duration latencyMin, Duration latencyTail, int linkCapacity, int maxMessageBytes) {
  /// A quiet local network.
  public static final NetworkProfile DEFAULT =
      new NetworkProfile(Duration.ofNanos(500_000), Duration.ofMillis(1), 1_000, 4 << 20);

  /// @throws IllegalArgumentException if a bound makes no sense
  public NetworkProfile {
    require(!latencyMin.isNegative(), "negative latency %s", latencyMin);
    require(!latencyTail.isNegative(), "negative latency %s", latencyTail);
    require(linkCapacity > 0, "a link needs room for a message");
    require(maxMessageBytes > 0, "a message needs room for a byte");
  }

  /// A network from the ranges above.
  public static NetworkProfile draw(RandomSource random) {
    RandomSource capacity = random.fork("capacity");
    return new NetworkProfile(
        logarithmic(random.fork("latency-min"), 50_000, 10_000_000),
        logarithmic(random.fork("latency-tail"), 50_000, 20_000_000),
        capacity.chance(0.25)
            ? (int) capacity.nextBetween(20, 200)
            : (int) capacity.nextBetween(200, 5_000),
        DEFAULT.maxMessageBytes);
  }

  private static Duration logarithmic(RandomSource random, double minNanos, double maxNanos) {
    double exponent = random.nextDouble() * StrictMath.log(maxNanos / minNanos);
    return Duration.ofNanos((long) (minNanos * StrictMath.exp(exponent)));
  }
}
