package dev.nucleusdb.bitcask.segment;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.bitcask.index.Place;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The open files by the small numbers that the index knows them by. A number is given again once
/// its file was closed: who reads an old place then finds a record that was not written for it, and
/// looks the key up again.
///
/// Changed by the writer; read by any thread.
final class SegmentTable {
  private volatile @Nullable Segment[] byNumber = new @Nullable Segment[4];

  /// Numbers that are given to these files and to no others.
  private Map<Long, Integer> reserved = new TreeMap<>();

  private final Set<Integer> reservedNumbers = new TreeSet<>();

  /// Keeps numbers for files.
  ///
  /// @param numbers by file id
  void reserve(Map<Long, Integer> numbers) {
    reserved = numbers;
    reservedNumbers.addAll(numbers.values());
  }

  /// The number that is kept for a file, or one that no open file has.
  int numberFor(long fileId) {
    Integer known = reserved.get(fileId);
    if (known != null) {
      return known;
    }
    @Nullable Segment[] table = byNumber;
    int number = 0;
    while (reservedNumbers.contains(number) || (number < table.length && table[number] != null)) {
      number++;
    }
    invariant(number <= Place.FILE_NUMBER_MAX, "a store has too many files");
    return number;
  }

  void add(Segment segment) {
    @Nullable Segment[] table = byNumber;
    int length = Math.max(table.length, Integer.highestOneBit(segment.number()) * 2);
    @Nullable Segment[] next = Arrays.copyOf(table, length);
    next[segment.number()] = segment;
    byNumber = next;
  }

  void remove(Segment segment) {
    @Nullable Segment[] next = byNumber.clone();
    next[segment.number()] = null;
    reservedNumbers.remove(segment.number());
    byNumber = next;
  }

  /// The open file of that number, or null.
  @Nullable Segment at(int number) {
    @Nullable Segment[] table = byNumber;
    return number < table.length ? table[number] : null;
  }
}
