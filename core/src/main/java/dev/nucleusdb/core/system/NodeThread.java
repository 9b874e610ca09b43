package dev.nucleusdb.core.system;

import static dev.nucleusdb.core.assertion.Assertions.invariant;
import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// The one thread on which everything of a node happens. It takes all tasks that wait, runs them,
/// runs the timers that are due, and begins again; with a [Reactor], it serves sockets in between,
/// and waits there.
///
/// A timer that is armed for now runs after all tasks that were queued when it was armed: what
/// comes in one burst can so be handled as one batch. Timers cannot starve, because a batch is
/// never longer than the queue.
///
/// What a task throws stops the thread: the node's state cannot be trusted any more. Nothing is
/// swallowed, and nothing runs afterwards.
public final class NodeThread implements Timers, AutoCloseable {

  /// Is told why the thread has ended by itself.
  @FunctionalInterface
  public interface EndListener {
    /// Runs on the node's thread as the last thing. Not called for an end by [NodeThread#close].
    ///
    /// @param reason one line for a person
    /// @param failure what was thrown; null if the node halted itself
    void ended(String reason, @Nullable Throwable failure);
  }

  private final Clock clock;
  private final NodeThreadOptions options;
  private final EndListener endListener;
  private final Thread thread;
  private final TaskQueue tasks = new TaskQueue();
  private final TimerHeap timers;
  private ArrayDeque<Runnable> batch = new ArrayDeque<>();
  private volatile boolean ending;
  private @Nullable String haltReason;

  /// Of this thread alone.
  private @Nullable Reactor reactor;

  private volatile @Nullable Throwable outsideFailure;

  private NodeThread(String name, Clock clock, NodeThreadOptions options, EndListener endListener) {
    this.clock = clock;
    this.options = options;
    this.endListener = endListener;
    this.timers = new TimerHeap(options.timersMax());
    this.thread = new UninterruptedThread(name, this::runUntilEnd);
  }

  /// Starts a thread that waits for tasks.
  ///
  /// @param name what the thread is called, for instance after the node
  /// @param clock what its timers go by
  /// @param endListener is told when it ends by itself
  public static NodeThread start(
      String name, Clock clock, NodeThreadOptions options, EndListener endListener) {
    NodeThread made = new NodeThread(name, clock, options, endListener);
    made.thread.start();
    return made;
  }

  /// Queues a task, if there is room; blocks nobody. From any thread.
  ///
  /// @return false if [NodeThreadOptions#tasksMax] tasks wait already, or the thread is ending
  public boolean offer(Runnable task) {
    return tasks.put(task, options.tasksMax());
  }

  /// Queues a task, using the reserve if need be: for callers that have a few tasks under way at
  /// most. From any thread. Without effect once the thread is ending.
  ///
  /// @throws dev.nucleusdb.core.assertion.InvariantViolation if the reserve is used up, too
  public void execute(Runnable task) {
    boolean taken = tasks.put(task, options.tasksMax() + options.reservedTasksMax());
    invariant(taken || tasks.isClosed(), "the reserve of the node's queue is used up");
  }

  /// Runs code on the thread and waits for its result. What the code throws is thrown here and does
  /// not stop the thread. From any thread.
  ///
  /// @throws IllegalStateException if the thread has ended before the code could run
  public <T extends @Nullable Object> T call(Callable<T> code) {
    FutureTask<T> future = new FutureTask<>(code);
    if (isCurrent()) {
      future.run();
    } else {
      execute(future);
      if (tasks.isClosed()) {
        UninterruptedThread.joinUninterruptibly(thread);
        future.cancel(false);
      }
    }
    return resultOf(future);
  }

  /// As [#call], without a result.
  public void run(Runnable code) {
    this.<@Nullable Object>call(() -> {
      code.run();
      return null;
    });
  }

  @Override
  public Timer at(long deadlineNanos, Runnable action) {
    require(
        isCurrent(),
        "timers are armed on the node's own thread, not on %s",
        Thread.currentThread());
    return timers.arm(deadlineNanos, action);
  }

  /// Whether the caller runs on this thread.
  public boolean isCurrent() {
    return thread.equals(Thread.currentThread());
  }

  /// Whether nothing new may begin: a task that is a batch looks here between its parts.
  public boolean isEnding() {
    return ending;
  }

  /// From now on the thread waits in `sockets` for its tasks. They are closed when it ends, on it.
  /// From any thread.
  ///
  /// @throws IllegalStateException if the thread has ended
  public void serve(Reactor sockets) {
    run(() -> {
      require(reactor == null, "a thread waits in one reactor");
      reactor = sockets;
    });
  }

  /// Closes `sockets`, and the thread waits in its queue again. Returns when they are closed. From
  /// any thread.
  public void dismiss(Reactor sockets) {
    try {
      run(() -> closeReactor(sockets));
    } catch (IllegalStateException e) {
      if (!ending) {
        throw e;
      }
      awaitEnd();
    }
  }

  private void closeReactor(Reactor sockets) {
    if (sockets.equals(reactor)) {
      reactor = null;
      sockets.close();
    }
  }

  /// How many tasks wait.
  public int waitingCount() {
    return tasks.size();
  }

  /// Ends the thread for a reason: what is under way runs to its end, nothing begins afterwards,
  /// and the listener is told. Called on the node's own thread; only the first reason counts.
  public void halt(String reason) {
    require(isCurrent(), "a node halts itself, on its own thread");
    if (!ending) {
      haltReason = reason;
      end();
    }
  }

  /// Ends the thread: what is under way runs to its end, nothing begins afterwards. Returns when it
  /// has ended, unless called by the thread itself.
  @Override
  public void close() {
    end();
    if (!isCurrent()) {
      UninterruptedThread.joinUninterruptibly(thread);
    }
  }

  /// Waits until the thread has ended, by [#close] or by itself, and its listener was told.
  public void awaitEnd() {
    require(!isCurrent(), "a thread cannot wait for its own end");
    UninterruptedThread.joinUninterruptibly(thread);
  }

  /// Ends the thread because another one that works for the node has failed. From any thread.
  void fail(Throwable failure) {
    outsideFailure = failure;
    end();
  }

  private void end() {
    ending = true;
    tasks.close();
  }

  private void runUntilEnd() {
    Throwable failure;
    try {
      loop();
      failure = outsideFailure;
    } catch (Throwable thrown) {
      failure = thrown;
    }
    end();
    if (reactor != null) {
      reactor.close();
    }
    batch.forEach(NodeThread::cancel);
    tasks.rest().forEach(NodeThread::cancel);
    if (failure != null) {
      endListener.ended(thread.getName() + " failed and has stopped: " + failure, failure);
    } else if (haltReason != null) {
      endListener.ended(haltReason, null);
    }
  }

  private void loop() {
    while (!ending) {
      long deadlineNanos = timers.deadlineNanos();
      long waitNanos =
          deadlineNanos == Long.MAX_VALUE ? Long.MAX_VALUE : deadlineNanos - clock.monotonicNanos();
      ArrayDeque<Runnable> taken = takeAll(waitNanos);
      if (taken == null) {
        return;
      }
      batch = taken;
      long armedBefore = timers.armedCount();
      runTasks();
      runTimers(armedBefore);
    }
  }

  private @Nullable ArrayDeque<Runnable> takeAll(long waitNanos) {
    Reactor sockets = reactor;
    if (sockets == null) {
      return tasks.takeAll(batch, waitNanos);
    }
    boolean waits = waitNanos > 0 && tasks.goesElsewhere(sockets::wakeUp);
    sockets.poll(waits ? waitNanos : 0);
    tasks.isBack();
    return tasks.takeAll(batch, 0);
  }

  private void runTasks() {
    while (!ending && !batch.isEmpty()) {
      batch.remove().run();
    }
  }

  private void runTimers(long armedBefore) {
    long nowNanos = clock.monotonicNanos();
    Runnable action = timers.pollDue(nowNanos, armedBefore);
    while (action != null && !ending) {
      action.run();
      action = timers.pollDue(nowNanos, armedBefore);
    }
  }

  private static void cancel(Runnable task) {
    if (task instanceof FutureTask<?> future) {
      future.cancel(false);
    }
  }

  private static <T extends @Nullable Object> T resultOf(FutureTask<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (java.util.concurrent.CancellationException e) {
          throw new IllegalStateException("the node has stopped", e);
        } catch (ExecutionException e) {
          throw rethrown(e.getCause() == null ? e : e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(thrown.toString(), thrown);
  }
}
