package dev.nucleusdb.core.system;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.WallTime;
import java.time.Duration;
import java.time.Instant;

/// The clock of this machine. Its monotonic reading starts at 0 when it is made.
public final class SystemClock implements Clock {
  private final long startNanos = System.nanoTime();
  private final Duration wallError;

  /// @param wallError how far the wall clock may be from true time, as its keeper (NTP, PTP) claims
  /// @throws IllegalArgumentException if it is negative
  public SystemClock(Duration wallError) {
    require(!wallError.isNegative(), "an error is not negative, as %s is", wallError);
    this.wallError = wallError;
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime() - startNanos;
  }

  @Override
  public WallTime wall() {
    return new WallTime(Instant.now(), wallError);
  }
}
