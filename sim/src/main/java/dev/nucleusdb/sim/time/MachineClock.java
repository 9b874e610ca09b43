package dev.nucleusdb.sim.time;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.time.WallTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The clock hardware of one machine, which outlives the node's incarnations: it runs at a rate of
/// its own, and the wall clock on it is off by a skew and by jumps.
///
/// Local time is `anchor + elapsed + floor(elapsed * rate)`, exact in whole nanoseconds and
/// therefore never falling. A time daemon keeps the wall clock within half of the claimed error of
/// its skewed value, however long the drift lasts; only jumps break the claim.
public final class MachineClock {
  private static final long SECOND = 1_000_000_000;

  /// The largest drift, in nanoseconds per second: 20 %.
  public static final long DRIFT_MAX = SECOND / 5;

  /// What the wall clocks of a world show at its beginning.
  public static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private final Kernel kernel;
  private final long wallErrorNanos;
  private long anchorTrueNanos;
  private long anchorLocalNanos;
  private long driftNanosPerSecond;
  private long skewNanos;
  private long jumpedNanos;
  private long smearFromNanos;
  private long smearForNanos;
  private @Nullable Instant frozenAt;

  /// @param wallErrorNanos the error that the wall clock claims
  public MachineClock(Kernel kernel, long wallErrorNanos) {
    this.kernel = kernel;
    this.wallErrorNanos = wallErrorNanos;
  }

  /// From now on the clock gains so many nanoseconds in every second.
  ///
  /// @throws IllegalArgumentException if it is more than [#DRIFT_MAX]
  public void drift(long nanosPerSecond) {
    require(Math.abs(nanosPerSecond) <= DRIFT_MAX, "drift of %d ns/s", nanosPerSecond);
    anchorLocalNanos = localNanos();
    anchorTrueNanos = kernel.nowNanos();
    driftNanosPerSecond = nanosPerSecond;
  }

  /// From now on the wall clock is off by so much.
  public void skew(long nanos) {
    skewNanos = nanos;
  }

  /// The wall clock jumps.
  public void jump(long byNanos) {
    jumpedNanos += byNanos;
  }

  /// The wall clock stands still, until it goes on; it is then set right.
  public void freeze(boolean frozen) {
    frozenAt = frozen ? wall().instant() : null;
  }

  /// The wall clock loses a leap second, evenly over a while.
  public void smear(long forNanos) {
    smearFromNanos = kernel.nowNanos();
    smearForNanos = forNanos;
  }

  private long smeared() {
    if (smearForNanos == 0) {
      return 0;
    }
    long since = kernel.nowNanos() - smearFromNanos;
    return since >= smearForNanos ? SECOND : (long) ((double) SECOND * since / smearForNanos);
  }

  /// The machine's own time, now.
  public long localNanos() {
    return localAfter(kernel.nowNanos() - anchorTrueNanos);
  }

  /// The first moment of true time at which the machine's own time reaches `localNanos`, if the
  /// rate does not change.
  public long trueNanosAt(long localNanos) {
    long wanted = localNanos - anchorLocalNanos;
    if (wanted <= 0) {
      return anchorTrueNanos;
    }
    long elapsed = (long) (wanted / (1 + driftNanosPerSecond / (double) SECOND));
    while (elapsed > 0 && localAfter(elapsed - 1) >= localNanos) {
      elapsed--;
    }
    while (localAfter(elapsed) < localNanos) {
      elapsed++;
    }
    return anchorTrueNanos + elapsed;
  }

  /// The wall clock, now.
  public WallTime wall() {
    Instant frozen = frozenAt;
    if (frozen != null) {
      return new WallTime(frozen, Duration.ofNanos(wallErrorNanos));
    }
    long trueNanos = kernel.nowNanos();
    long half = wallErrorNanos / 2;
    long drifted = half == 0 ? 0 : (localNanos() - trueNanos) % half;
    return new WallTime(
        EPOCH.plusNanos(trueNanos + skewNanos + jumpedNanos + drifted - smeared()),
        Duration.ofNanos(wallErrorNanos));
  }

  private long localAfter(long elapsed) {
    long whole = elapsed / SECOND * driftNanosPerSecond;
    long rest = Math.floorDiv(elapsed % SECOND * driftNanosPerSecond, SECOND);
    return anchorLocalNanos + elapsed + whole + rest;
  }
}
