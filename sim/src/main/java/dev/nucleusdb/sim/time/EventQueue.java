package dev.nucleusdb.sim.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is to happen, by (time, order of scheduling): a binary heap in three parallel arrays, so
/// that an event costs no object of its own. Equal times keep the order in which they were
/// scheduled, which makes the order total.
public final class EventQueue {
  private static final int CAPACITY_INITIAL = 1024;

  private long[] times = new long[CAPACITY_INITIAL];
  private long[] sequences = new long[CAPACITY_INITIAL];
  private @Nullable Runnable[] actions = new @Nullable Runnable[CAPACITY_INITIAL];
  private int count;
  private long nextSequence;

  /// How many events wait.
  public int count() {
    return count;
  }

  /// When the first event happens.
  ///
  /// @return `Long.MAX_VALUE` if none waits
  public long firstNanos() {
    return count == 0 ? Long.MAX_VALUE : times[0];
  }

  /// One more event.
  public void add(long timeNanos, Runnable action) {
    if (count == times.length) {
      grow();
    }
    long sequence = nextSequence++;
    int hole = count++;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (times[parent] <= timeNanos) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, timeNanos, sequence, action);
  }

  /// Takes the first event out.
  ///
  /// @throws IllegalArgumentException if none waits
  public Runnable removeFirst() {
    Runnable first = count == 0 ? null : actions[0];
    if (first == null) {
      throw new IllegalArgumentException("no event waits");
    }
    count--;
    Runnable last = actions[count];
    actions[count] = null;
    if (count > 0 && last != null) {
      sink(times[count], sequences[count], last);
    }
    return first;
  }

  private void sink(long time, long sequence, Runnable action) {
    int hole = 0;
    int half = count >>> 1;
    while (hole < half) {
      int child = 2 * hole + 1;
      if (child + 1 < count && isBefore(child + 1, times[child], sequences[child])) {
        child++;
      }
      if (!isBefore(child, time, sequence)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, time, sequence, action);
  }

  private boolean isBefore(int index, long time, long sequence) {
    return times[index] < time || (times[index] == time && sequences[index] < sequence);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    sequences[to] = sequences[from];
    actions[to] = actions[from];
  }

  private void put(int index, long time, long sequence, Runnable action) {
    times[index] = time;
    sequences[index] = sequence;
    actions[index] = action;
  }

  private void grow() {
    int capacity = 2 * times.length;
    times = Arrays.copyOf(times, capacity);
    sequences = Arrays.copyOf(sequences, capacity);
    actions = Arrays.copyOf(actions, capacity);
  }
}
