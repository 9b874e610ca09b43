package dev.nucleusdb.sim.fiber.connection;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.time.Duration;

/// The limits of byte streams.
///
/// @param segmentMax how many bytes one message carries at most; default 1,024, extremes 1 and 64
///   KiB
/// @param bufferMax how many bytes wait on either side, not yet acknowledged or not yet read;
///   default 64 KiB, extremes one segment and 4 MiB
/// @param backlogMax how many connections wait to be accepted; default 128, extremes 1 and 10,000
/// @param streamsMax how many streams a host has at once, closed ones that linger included; default
///   10,000
/// @param repeatAfter how long an acknowledgement is waited for before bytes are sent again;
///   doubles each time up to sixteen times as much; default 200 ms
/// @param giveUpAfter how long the other side may be silent while it owes an acknowledgement;
///   default 30 s
public record StreamOptions(
    int segmentMax,
    int bufferMax,
    int backlogMax,
    int streamsMax,
    Duration repeatAfter,
    Duration giveUpAfter) {
  /// The defaults.
  public static final StreamOptions DEFAULT =
      new StreamOptions(
          1_024, 64 << 10, 128, 10_000, Duration.ofMillis(200), Duration.ofSeconds(30));

  /// @throws IllegalArgumentException if a bound makes no sense
  public StreamOptions {
    require(segmentMax > 0, "a segment needs room for a byte");
    require(bufferMax >= segmentMax, "a buffer needs room for a segment");
    require(backlogMax > 0, "a backlog needs room for a connection");
    require(streamsMax > 0, "a host needs room for a stream");
    require(repeatAfter.isPositive(), "cannot repeat after %s", repeatAfter);
    require(giveUpAfter.isPositive(), "cannot give up after %s", giveUpAfter);
  }
}
