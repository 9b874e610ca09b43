package dev.nucleusdb.sim.fiber;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A lock of one host, for code that waits while it holds it. It goes to whoever has waited
/// longest, and its owner may take it again. A circle of fibers that wait for each other's locks
/// stops the world at once.
public final class FiberLock {
  private final Fibers home;
  private final Waiters waiters;
  private @Nullable Fiber owner;
  private int depth;

  FiberLock(Fibers home) {
    this.home = home;
    this.waiters = new LockWaiters();
  }

  /// Those who wait for this lock: from them the circle is followed.
  private final class LockWaiters extends Waiters {
    LockWaiters() {
      super(FiberLock.this.home, "a lock");
    }

    @Override
    @Nullable Fiber holder() {
      return owner;
    }
  }

  /// Takes it; waits until it is free.
  public void lock() {
    Fiber caller = home.running("a lock");
    if (!takes(caller)) {
      checkCircle(caller);
      waiters.await();
    }
  }

  /// Takes it if it is free within a time.
  ///
  /// @return whether it was taken
  public boolean tryLock(Duration timeout) {
    return takes(home.running("a lock")) || waiters.await(timeout);
  }

  @SuppressWarnings("ReferenceEquality") // this very fiber
  private boolean takes(Fiber caller) {
    if (owner == null || owner == caller) {
      owner = caller;
      depth++;
      return true;
    }
    if (owner.isDone()) {
      throw new IllegalStateException(owner + " has ended and holds a lock");
    }
    return false;
  }

  @SuppressWarnings("ReferenceEquality") // this very fiber
  private void checkCircle(Fiber caller) {
    Fiber holder = owner;
    while (holder != null && holder != caller) {
      Waiters next = holder.waitsIn();
      holder = next == null ? null : next.holder();
    }
    if (holder != null && owner != null) {
      caller.refuse(Hazard.circle(owner));
      caller.await(null, Fibers.NEVER);
    }
  }

  /// Gives it back.
  ///
  /// @throws IllegalArgumentException if the caller does not hold it
  public void unlock() {
    requireOwner();
    if (--depth == 0) {
      handOn();
    }
  }

  @SuppressWarnings("ReferenceEquality") // this very fiber
  private void requireOwner() {
    require(owner != null && home.running("a lock") == owner, "the lock is not the caller's");
  }

  private void handOn() {
    Fiber next = waiters.removeFirst();
    owner = next;
    depth = next == null ? 0 : 1;
    if (next != null) {
      next.wake();
    }
  }

  /// Takes it, runs code, gives it back, whatever the code throws.
  public void with(FiberBody code) throws Exception {
    lock();
    try {
      code.run();
    } finally {
      unlock();
    }
  }

  /// A condition on what this lock guards.
  public FiberCondition newCondition() {
    return new FiberCondition(home, this);
  }

  /// Gives it back however often it was taken.
  ///
  /// @return how often that was
  int release() {
    requireOwner();
    int before = depth;
    handOn();
    return before;
  }

  /// Takes it as often as it was taken before [#release].
  void retake(int times) {
    lock();
    depth = times;
  }
}
