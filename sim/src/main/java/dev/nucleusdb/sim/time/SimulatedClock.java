package dev.nucleusdb.sim.time;

import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.WallTime;

/// The clock that one incarnation sees: the machine's time, counted from a start of its own.
public final class SimulatedClock implements Clock {
  private final MachineClock machine;
  private final long offsetNanos;

  /// @param startNanos what the monotonic clock shows now
  public SimulatedClock(MachineClock machine, long startNanos) {
    this.machine = machine;
    this.offsetNanos = startNanos - machine.localNanos();
  }

  @Override
  public long monotonicNanos() {
    return machine.localNanos() + offsetNanos;
  }

  @Override
  public WallTime wall() {
    return machine.wall();
  }

  /// The true time at which this clock reaches a moment.
  long trueNanosAt(long monotonicNanos) {
    return machine.trueNanosAt(monotonicNanos - offsetNanos);
  }
}
