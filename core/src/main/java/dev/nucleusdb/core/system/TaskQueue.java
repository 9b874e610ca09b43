package dev.nucleusdb.core.system;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Tasks from many threads for one. The taker takes all that wait at once, so that a batch costs
/// one passage of the lock.
final class TaskQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean takerWaits;
  private boolean closed;

  /// Puts a task behind the others.
  ///
  /// @return false if the queue is closed or `countMax` tasks wait already
  boolean put(Runnable task, int countMax) {
    lock.lock();
    try {
      if (closed || waiting.size() >= countMax) {
        return false;
      }
      waiting.add(task);
      if (takerWaits) {
        arrived.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      closed = true;
      arrived.signal();
    } finally {
      lock.unlock();
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
