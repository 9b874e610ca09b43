package dev.nucleusdb.sim.fiber;

import dev.nucleusdb.sim.time.Kernel;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs the fibers of one world, one at a time, on the world's thread. It never runs anything by
/// itself: a fiber goes on when [#run] is called, and whatever the JDK hands over to its [Pool] is
/// either the echo of a wait of ours or a hazard.
final class FiberScheduler {
  /// How long, in real time, the world stands still for a monitor that a thread outside holds: two
  /// worlds that run in parallel share the JDK's own. A monitor that a fiber of this world holds
  /// never comes free meanwhile. Nothing happens in the world, so it cannot tell how long it was.
  private static final int STAND_STILL_SECONDS_MAX = 2;

  /// The thread by which the JDK lets virtual threads into monitors.
  private static final String UNBLOCKER = "VirtualThread-unblocker";

  private final Kernel kernel;
  private final Executor pool = new Pool();
  private final Semaphore unblocked = new Semaphore(0);
  private @Nullable Fiber current;
  private @Nullable Thread carrier;
  private @Nullable Throwable thrown;

  /// Whether the fiber that was left last has left by a wait of the framework's.
  private boolean isConsented;

  /// Whether the thread that was left last wants to go on.
  private boolean isEchoed;

  private FiberScheduler(Kernel kernel) {
    this.kernel = kernel;
    kernel.onCrash(this::abandonDead);
  }

  /// The fibers of a world.
  static FiberScheduler of(Kernel kernel) {
    return kernel.layer(FiberScheduler.class, () -> new FiberScheduler(kernel));
  }

  /// The scheduler that its threads are made with.
  Executor pool() {
    return pool;
  }

  Kernel kernel() {
    return kernel;
  }

  /// The fiber whose code is running now; null in callbacks and between events.
  @Nullable Fiber current() {
    return current;
  }

  /// Lets a fiber run until it waits, ends or does what it must not.
  void run(Fiber fiber, FiberThread thread) {
    carrier = Thread.currentThread();
    resume(fiber, thread);
    while (!isConsented && !fiber.isDone() && !fiber.isGone()) {
      Hazard hazard = Hazard.of(thread.thread());
      if (hazard.kind() == Hazard.Kind.YIELD) {
        fiber.wakeAgain();
        return;
      }
      if (hazard.kind() != Hazard.Kind.MONITOR || !isUnblocked()) {
        fiber.refuse(hazard);
        return;
      }
      resume(fiber, thread);
    }
    rethrow();
  }

  private void resume(Fiber fiber, FiberThread thread) {
    isConsented = false;
    isEchoed = false;
    current = fiber;
    try {
      kernel.lend(thread.thread(), thread.continuation());
    } finally {
      current = null;
    }
  }

  private boolean isUnblocked() {
    try {
      return isEchoed || unblocked.tryAcquire(STAND_STILL_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Leaves the current fiber.
  ///
  /// @return false if it could not be left: it is pinned
  boolean leave() {
    isConsented = true;
    FiberThread.leave();
    boolean pinned = isConsented;
    isConsented = false;
    return !pinned;
  }

  /// The node of the current fiber has crashed under it: the fiber stands where it is for ever, so
  /// that no `finally` of a dead node does anything.
  private void abandonDead() {
    Fiber fiber = current;
    if (fiber != null && fiber.isGone()) {
      leave();
    }
  }

  /// What a fiber has died of and must not keep to itself: a failure that a fault injected, of
  /// which the host dies, or an error, which goes out of the world's `run`.
  void thrown(Throwable error) {
    thrown = error;
  }

  private void rethrow() {
    Throwable error = thrown;
    thrown = null;
    switch (error) {
      case null -> {}
      case Error failure -> throw failure;
      case RuntimeException failure -> throw failure;
      case Throwable other -> throw new IllegalStateException(other);
    }
  }

  @SuppressWarnings("ReferenceEquality") // threads have no other equality
  private boolean isOwn(Thread caller) {
    Fiber running = current;
    return caller == carrier || (running != null && running.isOn(caller));
  }

  private void submitted() {
    Thread caller = Thread.currentThread();
    if (isOwn(caller)) {
      isEchoed = true;
    } else if (caller.getName().equals(UNBLOCKER)) {
      unblocked.release();
    } else {
      throw kernel.refusal("resumes a fiber");
    }
  }

  /// What the JDK sees: a scheduler of virtual threads. It is a `ForkJoinPool`, one without
  /// threads, because to such a one the JDK hands over every continuation *and* every timed park.
  private final class Pool extends ForkJoinPool {
    Pool() {
      super(1);
    }

    @Override
    public void execute(Runnable continuation) {
      submitted();
    }

    /// A timed wait of the JDK's: never due, because it would end by the real clock. That it was
    /// asked for is found by [#run].
    @Override
    public ScheduledFuture<?> schedule(Runnable wakeUp, long delay, TimeUnit unit) {
      return new NeverDue();
    }
  }

  private static final class NeverDue extends FutureTask<Void> implements ScheduledFuture<Void> {
    NeverDue() {
      super(() -> null);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return Long.MAX_VALUE;
    }

    @Override
    public int compareTo(Delayed other) {
      return other instanceof NeverDue ? 0 : 1;
    }
  }
}
