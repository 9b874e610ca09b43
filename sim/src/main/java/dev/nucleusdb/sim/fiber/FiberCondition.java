package dev.nucleusdb.sim.fiber;

import java.time.Duration;

/// Where fibers wait for what others do under the same lock. A caller must hold the lock, does not
/// hold it while it waits, and checks what it waited for in a loop.
public final class FiberCondition {
  private final FiberLock lock;
  private final Waiters waiters;

  FiberCondition(Fibers home, FiberLock lock) {
    this.lock = lock;
    this.waiters = new Waiters(home, "a condition");
  }

  /// Waits for a signal.
  public void await() {
    int times = lock.release();
    waiters.await();
    lock.retake(times);
  }

  /// Waits for a signal, for a while.
  ///
  /// @return whether one came
  public boolean await(Duration timeout) {
    int times = lock.release();
    boolean woken = waiters.await(timeout);
    lock.retake(times);
    return woken;
  }

  /// Wakes whoever has waited longest.
  public void signal() {
    waiters.wakeOne();
  }

  /// Wakes all.
  public void signalAll() {
    waiters.wakeAll();
  }
}
