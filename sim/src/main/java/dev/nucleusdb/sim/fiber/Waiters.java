package dev.nucleusdb.sim.fiber;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fibers that wait for one thing, first come, first served. Everything that a fiber can wait
/// for is made of this. Not more can wait than the host has fibers.
class Waiters {
  private final Fibers home;
  private final String what;

  /// By the fibers' numbers, in the order in which they came.
  private final LinkedHashMap<Integer, Fiber> fibers = new LinkedHashMap<>();

  /// @param home whose fibers may wait
  /// @param what they wait for, in words
  Waiters(Fibers home, String what) {
    this.home = home;
    this.what = what;
  }

  /// Waits until somebody wakes the caller.
  void await() {
    home.running(what).await(this, Fibers.NEVER);
  }

  /// Waits for a while.
  ///
  /// @return whether somebody woke the caller
  boolean await(Duration timeout) {
    return awaitUntil(home.deadline(timeout));
  }

  /// Waits until a moment of the host's clock.
  ///
  /// @return whether somebody woke the caller
  boolean awaitUntil(long deadlineNanos) {
    return home.running(what).await(this, deadlineNanos);
  }

  boolean isEmpty() {
    return fibers.isEmpty();
  }

  void add(Fiber fiber) {
    fibers.put(fiber.number(), fiber);
  }

  void remove(Fiber fiber) {
    fibers.remove(fiber.number());
  }

  /// Takes the first out without waking it.
  @Nullable Fiber removeFirst() {
    Map.Entry<Integer, Fiber> first = fibers.pollFirstEntry();
    return first == null ? null : first.getValue();
  }

  /// Wakes the first: it goes on with an event of its own.
  void wakeOne() {
    home.checkThread("wakes whoever waits for " + what);
    Fiber first = removeFirst();
    if (first != null) {
      first.wake();
    }
  }

  /// Lets the first go on inside the callback that is under way, which does nothing more.
  void wakeOneInCallback() {
    home.checkThread("wakes whoever waits for " + what);
    Fiber first = removeFirst();
    if (first != null) {
      first.wakeInCallback();
    }
  }

  /// Wakes all, in order.
  void wakeAll() {
    while (!fibers.isEmpty()) {
      wakeOne();
    }
  }

  /// Who has to act so that the waiting ends, if it is one fiber.
  @Nullable Fiber holder() {
    return null;
  }

  /// What is waited for.
  @Override
  public String toString() {
    return what;
  }
}
