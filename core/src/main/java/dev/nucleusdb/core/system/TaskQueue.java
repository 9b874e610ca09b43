package dev.nucleusdb.core.system;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Tasks from many threads for one. The taker takes all that wait at once, so that a batch costs
/// one passage of the lock. It waits here, or elsewhere: then a bell is rung for the first task.
final class TaskQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean takerWaits;

  /// What to ring for the next task; null while the taker is not elsewhere.
  private @Nullable Runnable bell;

  private boolean closed;

  /// Puts a task behind the others.
  ///
  /// @return false if the queue is closed or `countMax` tasks wait already
  boolean put(Runnable task, int countMax) {
    Runnable rung;
    lock.lock();
    try {
      if (closed || waiting.size() >= countMax) {
        return false;
      }
      waiting.add(task);
      if (takerWaits) {
        arrived.signal();
      }
      rung = takeBell();
    } finally {
      lock.unlock();
    }
    if (rung != null) {
      rung.run();
    }
    return true;
  }

  /// The taker goes to wait elsewhere, if there is nothing to take.
  ///
  /// @param newBell rung once, by the thread that puts a task or closes, until [#isBack]
  /// @return false if it is not to wait
  boolean goesElsewhere(Runnable newBell) {
    lock.lock();
    try {
      boolean nothing = waiting.isEmpty() && !closed;
      bell = nothing ? newBell : null;
      return nothing;
    } finally {
      lock.unlock();
    }
  }

  /// The taker has come back.
  void isBack() {
    lock.lock();
    try {
      bell = null;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Runnable takeBell() {
    Runnable taken = bell;
    bell = null;
    return taken;
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /// No more tasks; the taker is woken.
  void close() {
    Runnable rung;
    lock.lock();
    try {
      closed = true;
      arrived.signal();
      rung = takeBell();
    } finally {
      lock.unlock();
    }
    if (rung != null) {
      rung.run();
    }
  }

  /// Takes all tasks that wait, or waits for one.
  ///
  /// @param empty handed over in exchange, to be filled
  /// @param waitNanosMax how long to wait for a task at most; not at all if not positive
  /// @return the tasks, possibly none; null once the queue is closed
  @Nullable ArrayDeque<Runnable> takeAll(ArrayDeque<Runnable> empty, long waitNanosMax) {
    lock.lock();
    try {
      if (waiting.isEmpty() && !closed && waitNanosMax > 0) {
        await(waitNanosMax);
      }
      return closed ? null : exchange(empty);
    } finally {
      lock.unlock();
    }
  }

  /// What was never taken.
  ArrayDeque<Runnable> rest() {
    lock.lock();
    try {
      return exchange(new ArrayDeque<>());
    } finally {
      lock.unlock();
    }
  }

  private ArrayDeque<Runnable> exchange(ArrayDeque<Runnable> empty) {
    ArrayDeque<Runnable> taken = waiting;
    waiting = empty;
    return taken;
  }

  private void await(long nanosMax) {
    long nanos = nanosMax;
    takerWaits = true;
    try {
      while (waiting.isEmpty() && !closed && nanos > 0) {
        nanos = arrived.awaitNanos(nanos);
      }
    } catch (InterruptedException _) {
      // As if it had waited long enough: the taker comes again.
    } finally {
      takerWaits = false;
    }
  }
}
