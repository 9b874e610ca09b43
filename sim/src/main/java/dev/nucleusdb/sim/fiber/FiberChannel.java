package dev.nucleusdb.sim.fiber;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A bounded queue between the fibers of one host; callbacks may [#offer] to it as well.
///
/// @param <T> what passes through, never null
public final class FiberChannel<T> {
  private final Fibers home;
  private final int capacity;
  private final Queue<T> elements = new ArrayDeque<>();
  private final Waiters takers;
  private final Waiters putters;

  FiberChannel(Fibers home, int capacity) {
    require(capacity > 0, "a channel needs room for an element");
    this.home = home;
    this.capacity = capacity;
    this.takers = new Waiters(home, "an element of a channel");
    this.putters = new Waiters(home, "room in a channel");
  }

  /// Puts an element in; waits while the channel is full.
  public void put(T element) {
    while (elements.size() >= capacity) {
      putters.await();
    }
    elements.add(element);
    takers.wakeOne();
  }

  /// Puts an element in if there is room.
  ///
  /// @return whether there was
  public boolean offer(T element) {
    home.checkThread("puts into a channel");
    if (elements.size() >= capacity) {
      return false;
    }
    elements.add(element);
    takers.wakeOne();
    return true;
  }

  /// As [#offer], as the last thing that a callback of the host does: whoever waits goes on within.
  boolean offerLast(T element) {
    if (elements.size() >= capacity) {
      return false;
    }
    elements.add(element);
    takers.wakeOneInCallback();
    return true;
  }

  /// Takes the oldest element out; waits until there is one.
  public T take() {
    while (true) {
      T element = elements.poll();
      if (element != null) {
        return taken(element);
      }
      takers.await();
    }
  }

  /// Takes the oldest element out; waits for a while until there is one.
  ///
  /// @return null if none came
  public @Nullable T take(Duration timeout) {
    long deadlineNanos = home.deadline(timeout);
    while (true) {
      T element = elements.poll();
      if (element != null) {
        return taken(element);
      }
      if (!takers.awaitUntil(deadlineNanos) && elements.isEmpty()) {
        return null;
      }
    }
  }

  private T taken(T element) {
    putters.wakeOne();
    return element;
  }

  /// How many elements are in it.
  public int size() {
    return elements.size();
  }
}
