package dev.nucleusdb.sim.network;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.RandomSource;
import java.time.Duration;
import java.util.Map;

/// A network on a good day.
///
/// @param links what carries messages; default [LinkModel#ORDERED], drawn from all
/// @param shape how latencies are spread; default [LatencyShape#EXPONENTIAL], drawn from all
/// @param latencyMin what every message takes at least; default 0.5 ms, drawn from 50 µs to 10 ms
/// @param latencyTail the mean of what comes on top; default 1 ms, drawn from 50 µs to 20 ms
/// @param linkCapacity how many messages of one link may be on the way at once; default 1,000,
///   drawn from 20 to 5,000
/// @param maxMessageBytes the largest message; default 4 MiB
public record NetworkProfile(
    LinkModel links,
    LatencyShape shape,
    Duration latencyMin,
    Duration latencyTail,
    int linkCapacity,
    int maxMessageBytes) {
  private static final String LINKS = "links";
  private static final String LATENCY = "latency";

  /// A quiet local network.
  public static final NetworkProfile DEFAULT =
      new NetworkProfile(
          LinkModel.ORDERED,
          LatencyShape.EXPONENTIAL,
          Duration.ofNanos(500_000),
          Duration.ofMillis(1),
          1_000,
          4 << 20);

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
        one(random.fork(LINKS), LinkModel.values()),
        one(random.fork(LATENCY), LatencyShape.values()),
        logarithmic(random.fork("latency-min"), 50_000, 10_000_000),
        logarithmic(random.fork("latency-tail"), 50_000, 20_000_000),
        capacity.chance(0.25)
            ? (int) capacity.nextBetween(20, 200)
            : (int) capacity.nextBetween(200, 5_000),
        DEFAULT.maxMessageBytes);
  }

  /// The same network with other links.
  public NetworkProfile with(LinkModel otherLinks) {
    return new NetworkProfile(
        otherLinks, shape, latencyMin, latencyTail, linkCapacity, maxMessageBytes);
  }

  /// The same network with latencies spread in another way.
  public NetworkProfile with(LatencyShape otherShape) {
    return new NetworkProfile(
        links, otherShape, latencyMin, latencyTail, linkCapacity, maxMessageBytes);
  }

  /// The lines of a plan's header without which the plan would mean something else.
  public void writeTo(Map<String, String> header) {
    header.put(LINKS, links.label());
    header.put(LATENCY, shape.label());
  }

  /// The same network as a plan's header wants it; what the header does not name is as in
  /// [#DEFAULT], and not as it was drawn.
  ///
  /// @throws IllegalArgumentException if a name in the header is unknown
  public NetworkProfile asIn(Map<String, String> header) {
    return with(LinkModel.named(header.getOrDefault(LINKS, DEFAULT.links.label())))
        .with(LatencyShape.named(header.getOrDefault(LATENCY, DEFAULT.shape.label())));
  }

  private static <T> T one(RandomSource random, T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static Duration logarithmic(RandomSource random, double minNanos, double maxNanos) {
    double exponent = random.nextDouble() * StrictMath.log(maxNanos / minNanos);
    return Duration.ofNanos((long) (minNanos * StrictMath.exp(exponent)));
  }
}
