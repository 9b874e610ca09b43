package dev.nucleusdb.linearizability.search;

import java.util.Arrays;

/// The configurations that still have choices to try, the most promising first: a binary heap over
/// primitive arrays.
///
/// Among configurations at the same place, the one that used the fewest crashed operations comes
/// first. A configuration is then met only after most of those that dominate it, and need not be
/// expanded; without this, thirty crashed writes are tried in a billion ways.
final class Agenda {
  /// Which place in the timeline comes first.
  enum Order {
    /// Finds an order quickly if there is one.
    DEEPEST_FIRST,
    /// Proves quickly that there is none: all that is at one place is known before any of it is
    /// taken further.
    SHALLOWEST_FIRST
  }

  private static final int INITIAL_CAPACITY = 64;

  private final Order order;
  private long[] keys = new long[INITIAL_CAPACITY];
  private int[] rows = new int[INITIAL_CAPACITY];
  private int size;

  Agenda(Order order) {
    this.order = order;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// The row that comes first.
  int first() {
    return rows[0];
  }

  void add(int position, int crashedUsed, int row) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      rows = Arrays.copyOf(rows, 2 * size);
    }
    int place = order == Order.DEEPEST_FIRST ? Integer.MAX_VALUE - position : position;
    keys[size] = ((long) place << Integer.SIZE) | crashedUsed;
    rows[size] = row;
    rise(size++);
  }

  void removeFirst() {
    size--;
    keys[0] = keys[size];
    rows[0] = rows[size];
    sink(0);
  }

  private void rise(int start) {
    int child = start;
    while (child > 0 && before(child, (child - 1) / 2)) {
      swap(child, (child - 1) / 2);
      child = (child - 1) / 2;
    }
  }

  private void sink(int start) {
    int parent = start;
    while (2 * parent + 1 < size) {
      int child = 2 * parent + 1;
      if (child + 1 < size && before(child + 1, child)) {
        child++;
      }
      if (!before(child, parent)) {
        return;
      }
      swap(child, parent);
      parent = child;
    }
  }

  /// Where all else is equal, the newer row is nearer to an end.
  private boolean before(int one, int other) {
    return keys[one] != keys[other] ? keys[one] < keys[other] : rows[one] > rows[other];
  }

  private void swap(int one, int other) {
    long key = keys[one];
    int row = rows[one];
    keys[one] = keys[other];
    rows[one] = rows[other];
    keys[other] = key;
    rows[other] = row;
  }
}
