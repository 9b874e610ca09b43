package dev.nucleusdb.sim.time;

import dev.nucleusdb.core.assertion.InvariantViolation;
import dev.nucleusdb.core.trace.Digest;
import dev.nucleusdb.sim.fault.Seconds;
import dev.nucleusdb.sim.trace.Observers;
import dev.nucleusdb.sim.trace.Violation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The heart of a world: true time, the event queue, the digest, and the first violation, which
/// stops everything. One thread.
public final class Kernel {
  private static final long SECOND = 1_000_000_000;

  private final EventQueue queue = new EventQueue();
  private final Digest digest = new Digest();
  private final Observers observers = new Observers();
  private final AtomicReference<@Nullable String> foreignCall = new AtomicReference<>();
  private final ReadyLanes lanes = new ReadyLanes();
  private final long eventsPerSecondMax;
  private final long eventsPerInstantMax;
  private final Map<String, Object> layers = new LinkedHashMap<>();
  private Runnable leaving = () -> {};
  private Thread thread = Thread.currentThread();
  private long nowNanos;
  private long eventCount;
  private long budgetSecond;
  private long budgetUsed;
  private long instantCount;
  private @Nullable Violation violation;
  private @Nullable Journal journal;

  /// @param eventsPerSecondMax the bound on callbacks within one second of true time
  /// @param eventsPerInstantMax the bound on events between which no time passes
  public Kernel(long eventsPerSecondMax, long eventsPerInstantMax) {
    this.eventsPerSecondMax = eventsPerSecondMax;
    this.eventsPerInstantMax = eventsPerInstantMax;
  }

  /// True time since the world began.
  public long nowNanos() {
    return nowNanos;
  }

  /// How many callbacks have run.
  public long eventCount() {
    return eventCount;
  }

  /// The fingerprint of all that has happened.
  public long digest() {
    return digest.value();
  }

  /// Whoever watches.
  public Observers observers() {
    return observers;
  }

  /// The violation that stopped the world.
  public @Nullable Violation violation() {
    return violation;
  }

  /// Puts an action into the queue; a moment that has passed counts as now.
  ///
  /// @throws IllegalStateException if another thread calls: the world stops with a violation
  public void schedule(long timeNanos, Runnable action) {
    if (!isOwn(Thread.currentThread())) {
      refuse(action);
    }
    queue.add(Math.max(timeNanos, nowNanos), action);
  }

  /// Runs what is ready now in a lane: at once, or later if an [EventOrder] says so.
  public void ready(long lane, Runnable action) {
    long at = lanes.turn(lane, nowNanos);
    if (at < 0) {
      action.run();
    } else {
      schedule(at, action);
    }
  }

  /// From now on an order holds.
  public void impose(String name, EventOrder order) {
    lanes.impose(name, order);
  }

  /// An order holds no longer; what it kept back keeps its moment.
  public void lift(String name) {
    lanes.lift(name);
  }

  @SuppressWarnings("ReferenceEquality") // threads have no other equality
  private boolean isOwn(Thread caller) {
    return caller == thread;
  }

  private void refuse(Runnable action) {
    throw refusal("schedules " + action.getClass().getName());
  }

  /// Reports that a thread which is not the world's did something to it: the world stops with the
  /// violation `foreign-thread`, which names the thread and its stack. May be called by any thread.
  ///
  /// @param deed what the thread did, `schedules …`
  /// @return what to throw at it
  public IllegalStateException refusal(String deed) {
    Thread stranger = Thread.currentThread();
    String detail =
        String.format(
            Locale.ROOT,
            "thread \"%s\" %s; a world runs on one thread, called from %s",
            stranger.getName(),
            deed,
            CallStack.of(stranger.getStackTrace()));
    foreignCall.compareAndSet(null, detail);
    return new IllegalStateException(detail);
  }

  /// Makes sure that the world's own thread, or one that stands for it, is calling.
  ///
  /// @param deed what the caller is about to do
  /// @throws IllegalStateException if another thread calls: the world stops with a violation
  public void checkThread(String deed) {
    if (!isOwn(Thread.currentThread())) {
      throw refusal(deed);
    }
  }

  /// Lets another thread stand for this world's thread while `continuation` runs: for code that
  /// runs on virtual threads which the world resumes one at a time.
  public void lend(Thread other, Runnable continuation) {
    Thread before = thread;
    thread = other;
    try {
      continuation.run();
    } finally {
      thread = before;
    }
  }

  /// Sets what is done when a node crashes in the middle of its code, before [SimulatedCrash]
  /// carries it out of there: a layer that can leave the code without unwinding it does so here.
  public void onCrash(Runnable leave) {
    leaving = leave;
  }

  /// What to throw at the code of a node that has crashed in the middle of it.
  ///
  /// @param entryName the fault that it belongs to
  public SimulatedCrash crash(String entryName) {
    leaving.run();
    return new SimulatedCrash(entryName);
  }

  /// The one object of a class that a layer on top of the kernel keeps for this world.
  public <T> T layer(Class<T> type, Supplier<T> maker) {
    return type.cast(layers.computeIfAbsent(type.getName(), name -> maker.get()));
  }

  /// Runs events until a moment, or until a violation.
  ///
  /// @return whether the moment was reached
  public boolean run(long untilNanos) {
    while (violation == null && queue.firstNanos() <= untilNanos) {
      advance(queue.firstNanos());
      queue.removeFirst().run();
      checkForeignCall();
    }
    checkForeignCall();
    if (violation != null) {
      return false;
    }
    nowNanos = Math.max(nowNanos, untilNanos);
    return true;
  }

  private void advance(long timeNanos) {
    if (timeNanos > nowNanos) {
      nowNanos = timeNanos;
      instantCount = 0;
    } else if (++instantCount > eventsPerInstantMax) {
      violate("standstill", "more than " + eventsPerInstantMax + " events and no time passes");
    }
  }

  private void checkForeignCall() {
    String foreign = foreignCall.get();
    if (foreign != null) {
      violate("foreign-thread", foreign);
    }
  }

  /// Counts a callback that is about to run and folds it into the digest. What turns out not to
  /// happen (a cancelled timer, a crash of a node that is down) is not counted, so that it may be
  /// missing from a plan.
  public void executed(EventKind kind, long a, long b) {
    eventCount++;
    if (nowNanos - budgetSecond >= SECOND) {
      budgetSecond = nowNanos - nowNanos % SECOND;
      budgetUsed = 0;
    }
    if (++budgetUsed > eventsPerSecondMax) {
      violate("event-budget", "more than " + eventsPerSecondMax + " events within a second");
    }
    fold(kind, a, b);
  }

  /// Folds something that happened into the digest.
  public void fold(EventKind kind, long a, long b) {
    digest.add(nowNanos << 4 ^ kind.code());
    digest.add(a);
    digest.add(b);
    if (journal != null) {
      journal.folded(nowNanos, kind, a, b, digest.value());
    }
  }

  /// From now on every step is written into a journal.
  public void keep(Journal newJournal) {
    journal = newJournal;
  }

  /// The world is broken. The first violation counts.
  public void violate(String invariant, String detail) {
    if (violation == null) {
      violation = new Violation(invariant, nowNanos, detail);
      digest.add(invariant.hashCode());
      observers.onViolation(violation);
    }
  }

  /// Runs code that is under test: what it throws becomes a violation, and a crash ends here.
  ///
  /// @return the failure that a fault injected and nobody caught, of which the process dies; or
  ///   null
  public @Nullable InjectedFailure guard(String who, Runnable code) {
    try {
      code.run();
    } catch (SimulatedCrash crash) {
      // The node is down already: whoever threw this took it down first.
    } catch (InjectedFailure.Unexpected injected) {
      return injected;
    } catch (InjectedFailure.OutOfMemory injected) {
      return injected;
    } catch (InvariantViolation broken) {
      violate("node-invariant", who + ": " + broken.getMessage() + frame(broken));
    } catch (RuntimeException | AssertionError | StackOverflowError unexpected) {
      InjectedFailure cause = injectedCause(unexpected);
      if (cause != null) {
        return cause;
      }
      violate("unexpected-exception", who + ": " + oneLine(unexpected) + frame(unexpected));
    }
    return null;
  }

  /// Code may wrap what it cannot handle.
  private static @Nullable InjectedFailure injectedCause(Throwable thrown) {
    Throwable cause = thrown.getCause();
    while (cause != null) {
      if (cause instanceof InjectedFailure injected) {
        return injected;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /// A time as people read it.
  @Override
  public String toString() {
    return "at " + Seconds.format(nowNanos) + ", " + queue.count() + " events wait";
  }

  private static String oneLine(Throwable thrown) {
    return thrown.toString().replace('\n', ' ');
  }

  private static String frame(Throwable thrown) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (!frame.getClassName().startsWith("dev.nucleusdb.core.assertion.")
          && !frame.getClassName().startsWith("java.")) {
        return " (" + frame + ")";
      }
    }
    return "";
  }
}
