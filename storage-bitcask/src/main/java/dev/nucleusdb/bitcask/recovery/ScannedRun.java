package dev.nucleusdb.bitcask.recovery;

import dev.nucleusdb.bitcask.hint.SortedRun;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Records that a scan found in one file, kept in arrays until they are sorted and read: about 40
/// bytes for each beside its key.
///
/// Sorting moves words of 64 bits alone: five bytes of a key and the number of the record. Keys
/// that have those five in common are sorted by their next five, or compared if they are few.
final class ScannedRun implements SortedRun {
  /// The number of a record has 24 bits.
  static final int RECORDS_MAX = 1 << 24;

  /// What a record occupies beside its key.
  static final int RECORD_BYTES = 40;

  private static final int NUMBER_BITS = 24;
  private static final long NUMBER_MASK = RECORDS_MAX - 1;
  private static final int STEP_BYTES = 5;
  private static final int FEW = 16;
  private static final int UNIT_BYTES = 8;

  private byte[] keys = new byte[256];
  private int[] keyEnds = new int[16];

  /// In units of 8 bytes, times two, plus one for a tombstone.
  private int[] offsets = new int[16];

  private int[] sizes = new int[16];
  private long[] sequences = new long[16];
  private int count;
  private int keyBytesMax;

  /// The records in order; the number is in the lowest bits.
  private long[] order = {};

  private int next;
  private int at;
  private byte[] key = {};
  private int keyLength;

  void add(byte[] added, long offset, int sizeBytes, long sequence, boolean tombstone) {
    int from = keyEnd(count - 1);
    if (keys.length - from < added.length) {
      keys = Arrays.copyOf(keys, Math.max(2 * keys.length, from + added.length));
    }
    if (count == keyEnds.length) {
      keyEnds = Arrays.copyOf(keyEnds, 2 * count);
      offsets = Arrays.copyOf(offsets, 2 * count);
      sizes = Arrays.copyOf(sizes, 2 * count);
      sequences = Arrays.copyOf(sequences, 2 * count);
    }
    System.arraycopy(added, 0, keys, from, added.length);
    keyBytesMax = Math.max(keyBytesMax, added.length);
    keyEnds[count] = from + added.length;
    offsets[count] = (int) (offset / UNIT_BYTES) << 1 | (tombstone ? 1 : 0);
    sizes[count] = sizeBytes;
    sequences[count] = sequence;
    count++;
  }

  int count() {
    return count;
  }

  private int keyEnd(int record) {
    return record < 0 ? 0 : keyEnds[record];
  }

  // --- sorting -----------------------------------------------------------------------------------

  /// Records from `from` to `to` in the order, whose keys have the first `depth` bytes in common.
  private record Range(int from, int to, int depth) {}

  /// Sorts what was added and goes before the first of it.
  void sort() {
    order = new long[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    Deque<Range> unsorted = new ArrayDeque<>();
    unsorted.push(new Range(0, count, 0));
    while (!unsorted.isEmpty()) {
      sort(unsorted.pop(), unsorted);
    }
    key = new byte[keyBytesMax];
    rewind();
  }

  /// Goes before the first record again.
  void rewind() {
    next = 0;
  }

  private void sort(Range range, Deque<Range> unsorted) {
    int depth = range.depth;
    if (range.to - range.from <= FEW) {
      insertionSort(range);
      return;
    }
    boolean all = depth >= keyBytesMax;
    for (int i = range.from; i < range.to; i++) {
      int record = (int) (order[i] & NUMBER_MASK);
      // Keys that end are as if zeros followed; of those that differ in nothing else the shorter
      // comes first, and of the same key the record that stands first.
      long word = all ? keyEnd(record) - keyEnd(record - 1) : word(record, depth);
      order[i] = (word << NUMBER_BITS | record) ^ Long.MIN_VALUE;
    }
    Arrays.sort(order, range.from, range.to);
    if (!all) {
      divide(range, unsorted);
    }
  }

  private void divide(Range range, Deque<Range> unsorted) {
    int from = range.from;
    for (int i = from + 1; i <= range.to; i++) {
      if (i == range.to || order[i] >>> NUMBER_BITS != order[from] >>> NUMBER_BITS) {
        if (i - from > 1) {
          unsorted.push(new Range(from, i, range.depth + STEP_BYTES));
        }
        from = i;
      }
    }
  }

  private long word(int record, int depth) {
    int from = keyEnd(record - 1) + depth;
    int end = keyEnds[record];
    long word = 0;
    for (int i = from; i < from + STEP_BYTES; i++) {
      word = word << 8 | (i < end ? keys[i] & 0xff : 0);
    }
    return word;
  }

  private void insertionSort(Range range) {
    for (int i = range.from + 1; i < range.to; i++) {
      long moved = order[i];
      int to = i;
      while (to > range.from && compare(order[to - 1], moved) > 0) {
        order[to] = order[to - 1];
        to--;
      }
      order[to] = moved;
    }
  }

  private int compare(long left, long right) {
    int a = (int) (left & NUMBER_MASK);
    int b = (int) (right & NUMBER_MASK);
    int order =
        Arrays.compareUnsigned(keys, keyEnd(a - 1), keyEnds[a], keys, keyEnd(b - 1), keyEnds[b]);
    return order != 0 ? order : Integer.compare(a, b);
  }

  // --- reading -----------------------------------------------------------------------------------

  @Override
  public boolean next() {
    if (next == count) {
      return false;
    }
    at = (int) (order[next++] & NUMBER_MASK);
    int from = keyEnd(at - 1);
    keyLength = keyEnds[at] - from;
    System.arraycopy(keys, from, key, 0, keyLength);
    return true;
  }

  @Override
  public byte[] keyBuffer() {
    return key;
  }

  @Override
  public int keyLength() {
    return keyLength;
  }

  @Override
  public long offset() {
    return (long) (offsets[at] >>> 1) * UNIT_BYTES;
  }

  @Override
  public int sizeBytes() {
    return sizes[at];
  }

  @Override
  public long sequence() {
    return sequences[at];
  }

  @Override
  public boolean isTombstone() {
    return (offsets[at] & 1) != 0;
  }
}
