package dev.nucleusdb.sim.network;

import dev.nucleusdb.sim.fault.CounterRandom;
import java.util.Locale;

/// How the latencies of undisturbed messages are spread.
public enum LatencyShape {
  /// All messages take the same time.
  CONSTANT,
  /// Evenly between the least and twice the mean of what comes on top.
  UNIFORM,
  /// An exponential part on top of the least. What plans mean that do not name a shape.
  EXPONENTIAL,
  /// Little on top for most; one in a thousand takes up to 100 ms more, as FoundationDB's
  /// simulation has it.
  LONG_TAIL;

  private static final double TAIL_SHARE = 0.001;
  private static final long TAIL_NANOS = 100_000_000;

  /// The name in a plan's header.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The shape of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static LatencyShape named(String label) {
    for (LatencyShape shape : values()) {
      if (shape.label().equals(label)) {
        return shape;
      }
    }
    throw new IllegalArgumentException(
        "\"" + label + "\" is none of constant, uniform, exponential, long-tail");
  }

  /// What comes on top of the least latency of the n-th message.
  ///
  /// @param mean its mean, the one in a thousand aside
  long extraNanos(long mean, CounterRandom random, long ordinal) {
    return switch (this) {
      case CONSTANT -> mean;
      case UNIFORM -> (long) (2 * mean * random.unit(ordinal));
      case EXPONENTIAL -> random.exponential(mean, ordinal);
      case LONG_TAIL -> {
        double unit = random.unit(ordinal);
        yield unit < TAIL_SHARE
            ? (long) (unit / TAIL_SHARE * TAIL_NANOS)
            : (long) (2 * mean * (unit - TAIL_SHARE));
      }
    };
  }
}
