package dev.nucleusdb.linearizability.isolation.transaction;

import java.util.Arrays;

/// A growing array of longs.
final class LongList {
  private static final int INITIAL_CAPACITY = 16;

  private long[] numbers = new long[INITIAL_CAPACITY];
  private int size;

  /// Adds at the end.
  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size + (size >> 1) + INITIAL_CAPACITY);
    }
    numbers[size++] = number;
  }

  /// The number at a place, counted from 0.
  long get(int place) {
    return numbers[place];
  }

  /// How many there are.
  int size() {
    return size;
  }

  /// A copy of just these.
  long[] toArray() {
    return Arrays.copyOf(numbers, size);
  }
}
