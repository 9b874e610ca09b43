package dev.nucleusdb.raft.read;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.time.Duration;

/// For how long an entry is a lease, and what is believed of clocks. All members of a group must be
/// given the same: a leader with a shorter one, or none, does not wait for the leases of others.
///
/// Leases are measured on monotonic clocks, each for itself: nobody's reading is compared with
/// anybody else's. What is believed is that a second of any of them takes between `1 / (1 + drift)`
/// and `1 / (1 - drift)` seconds. Wall clocks would let a new leader know more of an old lease, but
/// they jump, and a lease that rests on them is wrong whenever they do; rates are off by parts in
/// ten thousand, and a bound of a fifth costs nothing as long as the wait is shorter than the
/// election before it.
///
/// @param length for how long an entry is a lease, from its making; zero for no leases, which is
///   the default; extremes 1 ms to 10 s
/// @param driftMaxPpm how far the rate of a monotonic clock may be off, in millionths; default
///   200,000, extremes 0 to 500,000
public record LeaseOptions(Duration length, int driftMaxPpm) {
  private static final int MILLION = 1_000_000;

  /// A clock that is wrong by a fifth is broken; the quartz of machines is wrong by parts in ten
  /// thousand.
  public static final int DRIFT_MAX_PPM_DEFAULT = 200_000;

  /// The longest lease. A new leader commits nothing for so long, and half as long again.
  public static final Duration LENGTH_MAX = Duration.ofSeconds(10);

  /// No leases: every read asks a majority.
  public static final LeaseOptions OFF = new LeaseOptions(Duration.ZERO, DRIFT_MAX_PPM_DEFAULT);

  /// @throws IllegalArgumentException if a value is outside of its range
  public LeaseOptions {
    require(
        !length.isNegative() && length.compareTo(LENGTH_MAX) <= 0,
        "a lease lasts up to %s, not %s",
        LENGTH_MAX,
        length);
    require(
        driftMaxPpm >= 0 && driftMaxPpm <= MILLION / 2,
        "a clock may be off by 0 to %d millionths, not %d",
        MILLION / 2,
        driftMaxPpm);
  }

  /// Leases of a length, with the default bound for clocks.
  public static LeaseOptions of(Duration length) {
    return new LeaseOptions(length, DRIFT_MAX_PPM_DEFAULT);
  }

  /// Whether there are leases.
  public boolean isOn() {
    return !length.isZero();
  }

  /// How long a lease lasts on the clock of whoever holds it.
  public long heldNanos() {
    return length.toNanos();
  }

  /// How long it lasts on the clock of whoever waits for its end: the slowest clock that is
  /// believed in may hold it, and the fastest may wait.
  public long waitNanos() {
    double slowestOverFastest = (double) (MILLION + driftMaxPpm) / (MILLION - driftMaxPpm);
    return (long) Math.ceil(heldNanos() * slowestOverFastest);
  }

  /// The longest true time that so much of a clock's time may have taken.
  public long trueNanosMax(long ownNanos) {
    return (long) Math.ceil(ownNanos * ((double) MILLION / (MILLION - driftMaxPpm)));
  }
}
