package dev.nucleusdb.linearizability.isolation.transaction;

import java.util.Arrays;

/// A growing array of ints.
public final class IntList {
  private static final int INITIAL_CAPACITY = 16;

  private int[] numbers = new int[INITIAL_CAPACITY];
  private int size;

  /// An empty list.
  public IntList() {}

  /// Adds at the end.
  public void add(int number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size + (size >> 1) + INITIAL_CAPACITY);
    }
    numbers[size++] = number;
  }

  /// The number at a place, counted from 0.
  public int get(int place) {
    return numbers[place];
  }

  /// Replaces a number.
  public void set(int place, int number) {
    numbers[place] = number;
  }

  /// How many there are.
  public int size() {
    return size;
  }

  /// Forgets all.
  public void clear() {
    size = 0;
  }

  /// Takes the last one off.
  public int removeLast() {
    return numbers[--size];
  }

  /// A copy of just these.
  public int[] toArray() {
    return Arrays.copyOf(numbers, size);
  }
}
