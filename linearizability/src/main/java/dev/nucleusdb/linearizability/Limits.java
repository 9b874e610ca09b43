package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.search.Budget;
import java.time.Duration;
import java.util.function.LongSupplier;

/// How far a search may go before it answers [Verdict.Unknown].
///
/// @param maxConfigurations the most configurations that are remembered for one object; each takes
///   some 60 bytes with few clients. At least 1; default 5,000,000. Simulation may draw from 1 up
/// @param maxBytes the most bytes that the searches of one thread hold at a time for what they
///   remember, arrays that are being copied included; the history itself is not counted. At least
///   64 KiB; default 1 GiB
/// @param maxShrinkConfigurations the most configurations that one attempt to shrink a
///   counterexample may explore; a bound of 0 leaves the shortest bad prefix as it is. Default
///   20,000
/// @param maxShrinkAttempts the most attempts to shrink a counterexample. Default 2,000
/// @param nanoClock the clock for the deadline, in nanoseconds
/// @param deadlineNanos the reading of the clock after which the search stops
public record Limits(
    long maxConfigurations,
    long maxBytes,
    long maxShrinkConfigurations,
    int maxShrinkAttempts,
    LongSupplier nanoClock,
    long deadlineNanos) {
  private static final long DEFAULT_CONFIGURATIONS = 5_000_000;
  private static final long DEFAULT_BYTES = 1L << 30;
  private static final long LEAST_BYTES = 64 << 10;
  private static final long DEFAULT_SHRINK_CONFIGURATIONS = 20_000;
  private static final int DEFAULT_SHRINK_ATTEMPTS = 2_000;

  /// Checks the bounds.
  ///
  /// @throws IllegalArgumentException if a bound is too small
  public Limits {
    if (maxConfigurations < 1 || maxShrinkConfigurations < 0 || maxShrinkAttempts < 0) {
      throw new IllegalArgumentException(
          "limits need maxConfigurations >= 1 and shrink bounds >= 0");
    }
    if (maxBytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "limits need maxBytes >= " + LEAST_BYTES + ", but was " + maxBytes);
    }
  }

  /// The default bounds and no deadline: the same history always gets the same verdict.
  public static Limits defaults() {
    return configurations(DEFAULT_CONFIGURATIONS);
  }

  /// A bound on configurations and no deadline: the same history always gets the same verdict.
  ///
  /// @throws IllegalArgumentException if the bound is less than 1
  public static Limits configurations(long maxConfigurations) {
    return new Limits(
        maxConfigurations,
        DEFAULT_BYTES,
        DEFAULT_SHRINK_CONFIGURATIONS,
        DEFAULT_SHRINK_ATTEMPTS,
        () -> 0,
        1);
  }

  /// The same bounds with a deadline, counted from now on the given clock. The verdict may then
  /// depend on the speed of the machine, but only between a verdict and [Verdict.Unknown].
  public Limits within(Duration duration, LongSupplier clock) {
    long deadline = clock.getAsLong() + duration.toNanos();
    return new Limits(
        maxConfigurations, maxBytes, maxShrinkConfigurations, maxShrinkAttempts, clock, deadline);
  }

  /// The same bounds with half of the time that is left, for one of several searches.
  public Limits withinHalf() {
    long now = nanoClock.getAsLong();
    long half = now + Math.max(0, deadlineNanos - now) / 2;
    return new Limits(
        maxConfigurations, maxBytes, maxShrinkConfigurations, maxShrinkAttempts, nanoClock, half);
  }

  /// The same with a bound on memory, in bytes.
  ///
  /// @throws IllegalArgumentException if the bound is too small
  public Limits withinBytes(long bytes) {
    return new Limits(
        maxConfigurations,
        bytes,
        maxShrinkConfigurations,
        maxShrinkAttempts,
        nanoClock,
        deadlineNanos);
  }

  /// The same without a search for a small counterexample: the shortest bad prefix has to do.
  public Limits withoutShrinking() {
    return new Limits(maxConfigurations, maxBytes, 0, 0, nanoClock, deadlineNanos);
  }

  /// What one search may spend.
  public Budget budget() {
    return new Budget(maxConfigurations, maxBytes, this::deadlinePassed);
  }

  /// Whether time is up.
  public boolean deadlinePassed() {
    return nanoClock.getAsLong() - deadlineNanos > 0;
  }

  /// The limits of one attempt to shrink.
  public Limits ofShrinkAttempt() {
    long bound = Math.max(1, Math.min(maxConfigurations, maxShrinkConfigurations));
    return new Limits(bound, maxBytes, 0, 0, nanoClock, deadlineNanos);
  }
}
