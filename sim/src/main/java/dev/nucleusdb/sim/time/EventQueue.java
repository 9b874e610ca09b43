package dev.nucleusdb.sim.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is to happen, by (time, order of scheduling): a heap in three parallel arrays, so that an
/// event costs no object of its own. Equal times keep the order in which they were scheduled, which
/// makes the order total. Four children to a parent: half the levels of a binary heap, and the
/// times of siblings are neighbours in memory.
public final class EventQueue {
  private static final int CAPACITY_INITIAL = 1024;
  private static final int CHILDREN = 4;

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
      int parent = (hole - 1) / CHILDREN;
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
    int first = 1;
    while (first < count) {
      int child = earliest(first, Math.min(count, first + CHILDREN));
      if (!isBefore(child, time, sequence)) {
        break;
      }
      move(child, hole);
      hole = child;
      first = CHILDREN * hole + 1;
    }
    put(hole, time, sequence, action);
  }

  /// Which of neighbours happens first.
  private int earliest(int from, int to) {
    int earliest = from;
    for (int i = from + 1; i < to; i++) {
      if (isBefore(i, times[earliest], sequences[earliest])) {
        earliest = i;
      }
    }
    return earliest;
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
