package dev.nucleusdb.sim.fiber;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A value that is not there yet. Fibers wait for it; fibers and callbacks give it.
///
/// @param <T> what is promised, never null
public final class Promise<T> {
  private final Fibers home;
  private final Waiters waiters;
  private @Nullable T value;
  private @Nullable RuntimeException failure;

  Promise(Fibers home) {
    this.home = home;
    this.waiters = new Waiters(home, "a promise");
  }

  /// Keeps the promise.
  ///
  /// @return false if it was kept or broken before
  public boolean complete(T given) {
    home.checkThread("completes a promise");
    if (isDone()) {
      return false;
    }
    value = given;
    waiters.wakeAll();
    return true;
  }

  /// Breaks the promise.
  ///
  /// @param reason is thrown at whoever waits
  /// @return false if it was kept or broken before
  public boolean fail(RuntimeException reason) {
    home.checkThread("breaks a promise");
    if (isDone()) {
      return false;
    }
    failure = reason;
    waiters.wakeAll();
    return true;
  }

  /// Whether it was kept or broken.
  public boolean isDone() {
    return value != null || failure != null;
  }

  /// Waits for the value.
  public T await() {
    while (true) {
      T present = present();
      if (present != null) {
        return present;
      }
      waiters.await();
    }
  }

  /// Waits for the value, for a while.
  ///
  /// @return null if it did not come
  public @Nullable T await(Duration timeout) {
    T present = present();
    if (present == null && waiters.await(timeout)) {
      present = present();
    }
    return present == null ? present() : present;
  }

  private @Nullable T present() {
    if (failure != null) {
      throw failure;
    }
    return value;
  }
}
