package dev.nucleusdb.bitcask.hint;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.offheap.ByteQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Records of one file, kept until they are sorted and read, as rows in one array:
///
/// ```
///   row ::= sequence number (8)
///           offset / 8, times 2, plus 1 for a tombstone (4)
///           size (4)
///           bytes of the key (4)
///           key, zeros up to a multiple of 4
/// ```
///
/// Sorting moves words of 64 bits alone: five bytes of a key and the place of its row. Keys that
/// have those five in common are sorted by their next five, or compared if they are few.
public final class ScannedRun implements SortedRun {
  /// A place counts in four bytes and has 24 bits.
  private static final int ROWS_BYTES_MAX = 1 << 26;

  /// Bytes of a row in front of the key, and where they hold what.
  static final int ROW_BYTES = 20;

  static final int OFFSET_AT = 8;
  static final int SIZE_AT = 12;
  static final int KEY_BYTES_AT = 16;

  private static final int WORD_BYTES = Long.BYTES;
  private static final int PLACE_BITS = 24;
  private static final long PLACE_MASK = (1 << PLACE_BITS) - 1;
  private static final int STEP_BYTES = 5;
  private static final int FEW = 16;
  private static final int UNIT_BYTES = 8;

  /// Rows are read in the order of keys, which is none of theirs: so many are fetched at once, that
  /// is, while the processor waits for one it asks for the others.
  private static final int FETCHED = 64;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// Has room for eight bytes more than stand in it.
  private byte[] rows = new byte[1024];

  private int rowsBytes;
  private int keyBytesMax;

  /// The rows in the order of keys once they are sorted; their places are in the lowest bits.
  private long[] order = new long[32];

  private int count;
  private int next;
  private int row;
  private int keyLength;
  private byte[] key = {};

  /// Of no meaning: a sum that nobody reads, so that what is added to it is.
  @SuppressWarnings("UnusedVariable")
  private int touched;

  /// Adds a record, unless there is no room for it.
  ///
  /// @return whether there was
  public boolean add(Entry entry) {
    int at = row(entry.keyBytes());
    if (at < 0) {
      return false;
    }
    fill(at, entry.offset(), entry.sizeBytes(), entry.sequence(), entry.isTombstone());
    entry.copyKey(rows, at + ROW_BYTES);
    return true;
  }

  /// As above, of a record that is known by its parts.
  public boolean add(
      byte[] recordKey, long offset, int sizeBytes, long sequence, boolean tombstone) {
    int at = row(recordKey.length);
    if (at < 0) {
      return false;
    }
    fill(at, offset, sizeBytes, sequence, tombstone);
    System.arraycopy(recordKey, 0, rows, at + ROW_BYTES, recordKey.length);
    return true;
  }

  /// A new row for such a key; -1 if there is no room.
  private int row(int keyBytes) {
    int at = rowsBytes;
    int end = at + memoryBytes(keyBytes) - WORD_BYTES;
    if (end > ROWS_BYTES_MAX) {
      return -1;
    }
    if (rows.length < end + WORD_BYTES) {
      rows = Arrays.copyOf(rows, Math.max(rows.length / 2 * 3, end + WORD_BYTES));
    }
    if (count == order.length) {
      order = Arrays.copyOf(order, count / 2 * 3);
    }
    INT.set(rows, at + KEY_BYTES_AT, keyBytes);
    keyBytesMax = Math.max(keyBytesMax, keyBytes);
    order[count++] = (long) at >>> 2;
    rowsBytes = end;
    return at;
  }

  private void fill(int at, long offset, int sizeBytes, long sequence, boolean tombstone) {
    LONG.set(rows, at, sequence);
    INT.set(rows, at + OFFSET_AT, (int) (offset / UNIT_BYTES) << 1 | (tombstone ? 1 : 0));
    INT.set(rows, at + SIZE_AT, sizeBytes);
  }

  /// Records in it.
  public int count() {
    return count;
  }

  /// What a record with such a key occupies.
  public static int memoryBytes(int keyBytes) {
    return ROW_BYTES + (keyBytes + 3 & -4) + WORD_BYTES;
  }

  /// The offset that a row says.
  static long offset(int offsetAndKind) {
    return (long) (offsetAndKind >>> 1) * UNIT_BYTES;
  }

  /// Moves its rows, without the zeros behind keys, elsewhere in the order in which they are now,
  /// and is empty then.
  void drainTo(ByteQueue queue) {
    for (int i = 0; i < count; i++) {
      int at = rowOf(order[i]);
      queue.write(rows, at, ROW_BYTES + keyLength(at));
    }
    rowsBytes = 0;
    keyBytesMax = 0;
    count = 0;
    rewind();
  }

  private static int rowOf(long word) {
    return (int) (word & PLACE_MASK) << 2;
  }

  private int keyLength(int at) {
    return (int) INT.get(rows, at + KEY_BYTES_AT);
  }

  // --- sorting -----------------------------------------------------------------------------------

  /// Rows from `from` to `to` in the order, whose keys have the first `depth` bytes in common.
  private record Range(int from, int to, int depth) {}

  /// Sorts what was added and goes before the first of it.
  public void sort() {
    Deque<Range> unsorted = new ArrayDeque<>();
    unsorted.push(new Range(0, count, 0));
    while (!unsorted.isEmpty()) {
      sort(unsorted.pop(), unsorted);
    }
    key = new byte[keyBytesMax + WORD_BYTES];
    rewind();
  }

  /// Goes before the first record again.
  public void rewind() {
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
      int at = rowOf(order[i]);
      // Keys that end are as if zeros followed; of those that differ in nothing else the shorter
      // comes first, and of the same key the record that stands first.
      long word = all ? (long) keyLength(at) << PLACE_BITS : word(at, depth) & ~PLACE_MASK;
      order[i] = (word | at >>> 2) ^ Long.MIN_VALUE;
    }
    Arrays.sort(order, range.from, range.to);
    if (!all) {
      divide(range, unsorted);
    }
  }

  private void divide(Range range, Deque<Range> unsorted) {
    int from = range.from;
    for (int i = from + 1; i <= range.to; i++) {
      if (i == range.to || order[i] >>> PLACE_BITS != order[from] >>> PLACE_BITS) {
        if (i - from > 1) {
          unsorted.push(new Range(from, i, range.depth + STEP_BYTES));
        }
        from = i;
      }
    }
  }

  /// The bytes of a key from `depth` on, the first five of them at least, so that they order as
  /// numbers do.
  private long word(int at, int depth) {
    int left = keyLength(at) - depth;
    long word = left <= 0 ? 0 : (long) BIG_LONG.get(rows, at + ROW_BYTES + depth);
    return left <= 0 || left >= STEP_BYTES ? word : word & -1L << (64 - 8 * left);
  }

  private void insertionSort(Range range) {
    for (int i = range.from + 1; i < range.to; i++) {
      long moved = order[i];
      int to = i;
      while (to > range.from && compare(rowOf(order[to - 1]), rowOf(moved)) > 0) {
        order[to] = order[to - 1];
        to--;
      }
      order[to] = moved;
    }
  }

  private int compare(int a, int b) {
    int left = a + ROW_BYTES;
    int right = b + ROW_BYTES;
    int byKey =
        Arrays.compareUnsigned(rows, left, left + keyLength(a), rows, right, right + keyLength(b));
    return byKey != 0 ? byKey : Integer.compare(a, b);
  }

  // --- reading -----------------------------------------------------------------------------------

  @Override
  public boolean next() {
    if (next == count) {
      return false;
    }
    if (next % FETCHED == 0) {
      fetch();
    }
    row = rowOf(order[next++]);
    keyLength = keyLength(row);
    int at = row + ROW_BYTES;
    for (int i = 0; i < keyLength; i += WORD_BYTES) {
      LONG.set(key, i, (long) LONG.get(rows, at + i));
    }
    return true;
  }

  private void fetch() {
    int end = Math.min(count, next + FETCHED);
    int sum = 0;
    for (int i = next; i < end; i++) {
      int at = rowOf(order[i]);
      sum += rows[at] + rows[at + ROW_BYTES + WORD_BYTES - 1];
    }
    touched += sum;
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
    return offset((int) INT.get(rows, row + OFFSET_AT));
  }

  @Override
  public int sizeBytes() {
    return (int) INT.get(rows, row + SIZE_AT);
  }

  @Override
  public long sequence() {
    return (long) LONG.get(rows, row);
  }

  @Override
  public boolean isTombstone() {
    return ((int) INT.get(rows, row + OFFSET_AT) & 1) != 0;
  }
}
