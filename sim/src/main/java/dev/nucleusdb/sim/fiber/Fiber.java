package dev.nucleusdb.sim.fiber;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.EventOrder;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// One line of blocking code in a world: a virtual thread that the world resumes. It belongs to one
/// incarnation of a node, or to a client, and ends with it: a crash leaves it where it stands, and
/// not even its `finally` blocks run.
public final class Fiber {
  private enum State {
    /// It will go on with an event that is in the queue.
    READY,
    /// Its code is running.
    RUNNING,
    /// It waits for somebody, or for a moment.
    WAITING,
    /// Its code has come to its end.
    DONE,
    /// Its host is dead, or it did what it must not.
    GONE
  }

  private final Fibers home;
  private final FiberScheduler scheduler;
  private final String name;
  private final int number;
  private final Waiters joining;
  private final Runnable next = this::next;
  private State state = State.READY;

  /// Null once it has ended, so that whoever still knows the fiber does not keep its stack.
  private @Nullable FiberThread thread;

  private @Nullable Waiters waitsIn;
  private Timers.@Nullable Timer alarm;
  private @Nullable RuntimeException startFailure;
  private boolean isStarting;
  private boolean isTimeUp;

  Fiber(Fibers home, FiberScheduler scheduler, String name, int number, Callable<?> body) {
    this.home = home;
    this.scheduler = scheduler;
    this.name = name;
    this.number = number;
    this.joining =
        new Waiters(home, "the end of " + name) {
          @Override
          Fiber holder() {
            return Fiber.this;
          }
        };
    this.thread = new FiberThread(scheduler.pool(), name, () -> live(body));
  }

  /// Its name, `n1/main`.
  public String name() {
    return name;
  }

  /// Whether its code has come to its end.
  public boolean isDone() {
    return state == State.DONE;
  }

  /// Waits until it ends.
  public void join() {
    while (!isDone()) {
      joining.await();
    }
  }

  /// Waits until it ends, for a while.
  ///
  /// @return whether it has ended
  public boolean join(Duration timeout) {
    return isDone() || joining.await(timeout) || isDone();
  }

  Fibers home() {
    return home;
  }

  int number() {
    return number;
  }

  /// What it waits for; null if it does not wait, or for a moment only.
  @Nullable Waiters waitsIn() {
    return waitsIn;
  }

  /// Whether nobody will ever resume it.
  boolean isGone() {
    return state == State.GONE;
  }

  @SuppressWarnings("ReferenceEquality") // threads have no other equality
  boolean isOn(Thread other) {
    return thread != null && thread.thread() == other;
  }

  /// Puts its first step, or its next one, into the event queue.
  void wake() {
    state = State.READY;
    waitsIn = null;
    disarm();
    scheduler.kernel().schedule(scheduler.kernel().nowNanos(), next);
  }

  /// It has asked to go on later at this moment.
  void wakeAgain() {
    if (state == State.RUNNING) {
      wake();
    }
  }

  private void next() {
    int actor = home.host().actor().index();
    scheduler
        .kernel()
        .ready(EventOrder.fiberOf(actor, number), () -> home.host().execute(this::step));
  }

  private void step() {
    if (state == State.READY) {
      scheduler.kernel().executed(EventKind.FIBER, home.host().actor().index(), number);
      runNow();
    }
  }

  /// Lets it run inside the event that is under way, which has been counted.
  private void runNow() {
    FiberThread mine = thread;
    if (mine != null) {
      state = State.RUNNING;
      waitsIn = null;
      scheduler.run(this, mine);
    }
  }

  /// Wakes it inside the event that is under way, a callback of its host that does nothing more.
  void wakeInCallback() {
    if (scheduler.current() == null) {
      disarm();
      runNow();
    } else {
      wake();
    }
  }

  /// Runs its first step now, as a part of its node's start.
  ///
  /// @throws DiskException if it came to its end by one
  /// @throws CorruptionException likewise
  void runAsStart() {
    if (scheduler.current() != null) {
      wake();
      return;
    }
    isStarting = true;
    runNow();
    isStarting = false;
    RuntimeException failure = startFailure;
    if (failure != null) {
      throw failure;
    }
  }

  /// Waits, in the fiber itself.
  ///
  /// @param waiters who will wake it; null for nobody
  /// @param deadlineNanos when it goes on anyway, by its host's clock; [Fibers#NEVER]
  /// @return whether it was woken, and not by the clock
  boolean await(@Nullable Waiters waiters, long deadlineNanos) {
    if (state == State.GONE) {
      scheduler.leave();
      throw scheduler.kernel().crash(name);
    }
    if (waiters != null) {
      waiters.add(this);
    }
    waitsIn = waiters;
    isTimeUp = false;
    if (deadlineNanos != Fibers.NEVER) {
      alarm = home.timers().at(deadlineNanos, this::timeUp);
    }
    state = State.WAITING;
    if (!scheduler.leave()) {
      stopPinned();
    }
    return !isTimeUp;
  }

  private void timeUp() {
    if (state == State.WAITING) {
      isTimeUp = true;
      alarm = null;
      if (waitsIn != null) {
        waitsIn.remove(this);
      }
      wakeInCallback();
    }
  }

  private void disarm() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  private void stopPinned() {
    if (waitsIn != null) {
      waitsIn.remove(this);
    }
    refuse(Hazard.here(Hazard.Kind.PINNED));
    throw scheduler.kernel().crash("pinned");
  }

  /// It did what it must not: the world stops, and it never goes on.
  void refuse(Hazard hazard) {
    scheduler.kernel().violate(hazard.kind().invariant(), name + ' ' + hazard.describe());
    die();
  }

  /// Its host is dead: it is left where it stands.
  void die() {
    if (state != State.DONE) {
      state = State.GONE;
      disarm();
      thread = null;
    }
  }

  private void live(Callable<?> body) {
    try {
      if (scheduler.kernel().guard(name, () -> call(body)) instanceof Throwable death) {
        scheduler.thrown(death); // the host is told, in whose callback this runs
      }
    } catch (Throwable error) {
      scheduler.thrown(error);
    }
    end();
  }

  private void call(Callable<?> body) {
    try {
      body.call();
    } catch (DiskException | CorruptionException failure) {
      if (isStarting) {
        startFailure = failure;
      } else if (!home.halt(name + ": " + failure.getMessage())) {
        throw failure;
      }
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      IllegalStateException carrier = new IllegalStateException(failure.toString(), failure);
      carrier.setStackTrace(failure.getStackTrace());
      throw carrier;
    }
  }

  private void end() {
    if (state != State.GONE) {
      state = State.DONE;
      thread = null;
      home.ended(this);
      joining.wakeAll();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
