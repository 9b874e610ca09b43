package dev.nucleusdb.sim.fiber;

import java.time.Duration;

/// Where fibers wait until something has changed, and look again. It needs no lock: fibers of a
/// world never run at the same time, and what one does between two waits nobody interrupts.
public final class FiberSignal {
  private final Fibers home;
  private final Waiters waiters;

  FiberSignal(Fibers home) {
    this.home = home;
    this.waiters = new Waiters(home, "a signal");
  }

  /// Waits until somebody signals.
  public void await() {
    waiters.await();
  }

  /// Waits until somebody signals, or until a moment of [Fibers#nowNanos].
  ///
  /// @return whether somebody did
  public boolean awaitUntil(long deadlineNanos) {
    return waiters.awaitUntil(deadlineNanos);
  }

  /// The moment after a time from now, for [#awaitUntil].
  public long deadline(Duration timeout) {
    return home.deadline(timeout);
  }

  /// Wakes all who wait now; callbacks may do so as well.
  public void signalAll() {
    waiters.wakeAll();
  }
}
