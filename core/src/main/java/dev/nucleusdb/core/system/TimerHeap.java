package dev.nucleusdb.core.system;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.core.time.Timers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Armed timers, the earliest on top, those of one moment in the order in which they were armed. A
/// binary heap in which every timer knows its place, so that cancelling takes logarithmic time:
/// most timers are timeouts, and most timeouts are cancelled.
final class TimerHeap {
  private final int timersMax;
  private @Nullable Entry[] entries = new @Nullable Entry[64];
  private int count;
  private long armedCount;

  TimerHeap(int timersMax) {
    this.timersMax = timersMax;
  }

  /// How many timers have ever been armed; numbers them.
  long armedCount() {
    return armedCount;
  }

  /// The moment of the earliest timer, `Long.MAX_VALUE` if there is none.
  long deadlineNanos() {
    Entry top = entries[0];
    return top == null ? Long.MAX_VALUE : top.deadlineNanos;
  }

  Entry arm(long deadlineNanos, Runnable action) {
    invariant(count < timersMax, "%d timers are armed, and %d are allowed", count, timersMax);
    if (count == entries.length) {
      entries = Arrays.copyOf(entries, count * 2);
    }
    Entry entry = new Entry(deadlineNanos, armedCount++, action);
    siftUp(entry, count++);
    return entry;
  }

  /// Takes the earliest timer, if its moment has come and fewer than `armedBefore` timers were
  /// armed before it.
  @Nullable Runnable pollDue(long nowNanos, long armedBefore) {
    Entry top = entries[0];
    if (top == null || top.deadlineNanos > nowNanos || top.number >= armedBefore) {
      return null;
    }
    remove(top);
    return top.action;
  }

  private void remove(Entry entry) {
    int place = entry.place;
    if (place < 0) {
      return;
    }
    entry.place = -1;
    Entry last = at(--count);
    entries[count] = null;
    if (last == entry) {
      return;
    }
    siftDown(last, place);
    if (last.place == place) {
      siftUp(last, place);
    }
  }

  private void siftUp(Entry entry, int from) {
    int place = from;
    while (place > 0) {
      Entry parent = at((place - 1) >>> 1);
      if (!entry.isBefore(parent)) {
        break;
      }
      put(parent, place);
      place = (place - 1) >>> 1;
    }
    put(entry, place);
  }

  private void siftDown(Entry entry, int from) {
    int place = from;
    while (2 * place + 1 < count) {
      int child = 2 * place + 1;
      if (child + 1 < count && at(child + 1).isBefore(at(child))) {
        child++;
      }
      if (!at(child).isBefore(entry)) {
        break;
      }
      put(at(child), place);
      place = child;
    }
    put(entry, place);
  }

  private void put(Entry entry, int place) {
    entries[place] = entry;
    entry.place = place;
  }

  private Entry at(int place) {
    Entry entry = entries[place];
    invariant(entry != null, "the heap has a hole");
    return java.util.Objects.requireNonNull(entry);
  }

  /// One armed timer.
  final class Entry implements Timers.Timer {
    final long deadlineNanos;
    final long number;
    final Runnable action;

    /// Where it stands in the heap; -1 once it has fired or was cancelled.
    private int place = -1;

    Entry(long deadlineNanos, long number, Runnable action) {
      this.deadlineNanos = deadlineNanos;
      this.number = number;
      this.action = action;
    }

    private boolean isBefore(Entry other) {
      return deadlineNanos < other.deadlineNanos
          || (deadlineNanos == other.deadlineNanos && number < other.number);
    }

    @Override
    public void cancel() {
      remove(this);
    }
  }
}
