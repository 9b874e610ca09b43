package dev.nucleusdb.bitcask.segment;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.bitcask.index.Place;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The open files by the small numbers that the index knows them by. A number is given again once
/// its file was closed: who reads an old place then finds a record that was not written for it, and
/// looks the key up again.
///
/// Changed by the writer; read by any thread.
final class SegmentTable {
  private volatile @Nullable Segment[] byNumber = new @Nullable Segment[4];

  /// A number that no open file has.
  int freeNumber() {
    @Nullable Segment[] table = byNumber;
    for (int number = 0; number < table.length; number++) {
      if (table[number] == null) {
        return number;
      }
    }
    invariant(table.length <= Place.FILE_NUMBER_MAX, "a store has too many files");
    return table.length;
  }

  void add(Segment segment) {
    @Nullable Segment[] table = byNumber;
    int length = table.length <= segment.number() ? 2 * table.length : table.length;
    @Nullable Segment[] next = Arrays.copyOf(table, length);
    next[segment.number()] = segment;
    byNumber = next;
  }

  void remove(Segment segment) {
    @Nullable Segment[] next = byNumber.clone();
    next[segment.number()] = null;
    byNumber = next;
  }

  /// The open file of that number, or null.
  @Nullable Segment at(int number) {
    @Nullable Segment[] table = byNumber;
    return number < table.length ? table[number] : null;
  }
}
