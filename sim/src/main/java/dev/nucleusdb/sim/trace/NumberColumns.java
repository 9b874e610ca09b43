package dev.nucleusdb.sim.trace;

import java.util.Arrays;

/// Rows of so many numbers each, in one array that grows.
final class NumberColumns {
  private final int width;
  private long[] numbers;
  private int rowCount;

  NumberColumns(int width) {
    this.width = width;
    this.numbers = new long[1024 * width];
  }

  int rowCount() {
    return rowCount;
  }

  long get(int row, int column) {
    return numbers[row * width + column];
  }

  /// Adds a row and returns its number.
  int add() {
    if ((rowCount + 1) * width > numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * numbers.length);
    }
    return rowCount++;
  }

  void set(int row, int column, long value) {
    numbers[row * width + column] = value;
  }
}
