package dev.nucleusdb.sim.time;

import dev.nucleusdb.core.time.Timers;
import org.jspecify.annotations.Nullable;

/// The timers of one incarnation, by its own clock. A cancelled timer stays in the queue until its
/// moment, and then does nothing.
public final class NodeTimers implements Timers {
  /// Deadlines from here on, 146 years away, are never reached.
  private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

  private final Kernel kernel;
  private final Host host;
  private final SimulatedClock clock;

  /// @param host whose timers these are
  /// @param clock by which they go
  public NodeTimers(Kernel kernel, Host host, SimulatedClock clock) {
    this.kernel = kernel;
    this.host = host;
    this.clock = clock;
  }

  @Override
  public Timer at(long deadlineNanos, Runnable action) {
    ArmedTimer timer = new ArmedTimer(deadlineNanos, action);
    timer.arm();
    return timer;
  }

  /// Whose timers these are.
  public Host host() {
    return host;
  }

  /// The world that they go off in.
  public Kernel kernel() {
    return kernel;
  }

  private final class ArmedTimer implements Timer, Runnable {
    private final long deadlineNanos;
    private @Nullable Runnable action;
    private boolean isLate;

    ArmedTimer(long deadlineNanos, Runnable action) {
      this.deadlineNanos = deadlineNanos;
      this.action = action;
    }

    void arm() {
      if (host.isAlive() && deadlineNanos < NEVER_NANOS) {
        kernel.schedule(clock.trueNanosAt(deadlineNanos), this);
      }
    }

    @Override
    public void cancel() {
      action = null;
    }

    @Override
    public void run() {
      if (action == null) {
        return;
      }
      if (clock.monotonicNanos() < deadlineNanos) {
        // The clock became slower after the timer was armed.
        arm();
      } else if (isLate || !postpone()) {
        isLate = true;
        kernel.ready(EventOrder.timersOf(host.actor().index()), () -> host.execute(this::fire));
      }
    }

    private boolean postpone() {
      long delayNanos = host.isAlive() ? host.timerDelayNanos(deadlineNanos) : 0;
      if (delayNanos > 0) {
        isLate = true;
        kernel.schedule(kernel.nowNanos() + delayNanos, this);
      }
      return delayNanos > 0;
    }

    private void fire() {
      Runnable due = action;
      if (due != null) {
        action = null;
        kernel.executed(EventKind.TIMER, host.actor().index(), deadlineNanos);
        due.run();
      }
    }
  }
}
