package dev.nucleusdb.bitcask.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds keys in a [TreePage] and reads them out of it. What it finds while the page changes is
/// wrong or an [IndexOutOfBoundsException]; it always ends.
final class TreeSearch {
  /// Bytes that an array to read a key into must have beyond the key.
  static final int SLACK_BYTES = 8;

  private static final ValueLayout.OfLong BIG_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final VarHandle KEY_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle KEY_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private TreeSearch() {}

  /// The slot of a key, or `-1 - slot` where it would stand.
  static int find(PagePool pool, MemorySegment slab, long page, byte[] key) {
    int count = TreePage.count(slab, page);
    int prefix = TreePage.prefixLength(slab, page);
    int order = compareWithPrefix(slab, page, prefix, key);
    if (order != 0) {
      return order < 0 ? -1 : -1 - count;
    }
    int head = head(key, prefix) + Integer.MIN_VALUE;
    long slotsAt = TreePage.prefixAt(page) + prefix;
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = TreePage.head(slab, slotsAt, middle) + Integer.MIN_VALUE;
      int here =
          found != head
              ? found < head ? -1 : 1
              : compareRest(pool, slab, TreePage.cell(slab, page, slotsAt, middle), key, prefix);
      if (here == 0) {
        return middle;
      }
      if (here < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /// Whether a key begins with the prefix of a page.
  static boolean hasPrefix(MemorySegment slab, long page, byte[] key) {
    return compareWithPrefix(slab, page, TreePage.prefixLength(slab, page), key) == 0;
  }

  /// Below 0 if the key is below all that begin with the prefix, 0 if it begins with it, else
  /// above.
  private static int compareWithPrefix(MemorySegment slab, long page, int prefix, byte[] key) {
    long from = TreePage.prefixAt(page);
    int common = Math.min(prefix, key.length);
    int i = 0;
    for (; i + Long.BYTES <= common; i += Long.BYTES) {
      long theirs = slab.get(BIG_LONG, from + i);
      long ours = (long) KEY_LONG.get(key, i);
      if (theirs != ours) {
        return Long.compareUnsigned(ours, theirs);
      }
    }
    for (; i < common; i++) {
      int order = (key[i] & 0xff) - (slab.get(ValueLayout.JAVA_BYTE, from + i) & 0xff);
      if (order != 0) {
        return order;
      }
    }
    return key.length < prefix ? -1 : 0;
  }

  /// Orders the key of a cell and a key that agree on prefix and head.
  private static int compareRest(
      PagePool pool, MemorySegment slab, long cell, byte[] key, int prefix) {
    if (TreePage.isLong(slab, cell)) {
      int chain = TreePage.chain(slab, cell);
      return KeyChain.compare(pool, chain, TreePage.longKeyLength(slab, cell), key);
    }
    int theirs = TreePage.suffixLength(slab, cell);
    int ours = key.length - prefix;
    int common = Math.min(theirs, ours) - TreePage.HEAD_BYTES;
    long at = TreePage.restAt(cell);
    int from = prefix + TreePage.HEAD_BYTES;
    int i = 0;
    for (; i + Long.BYTES <= common; i += Long.BYTES) {
      long left = slab.get(BIG_LONG, at + i);
      long right = (long) KEY_LONG.get(key, from + i);
      if (left != right) {
        return Long.compareUnsigned(left, right);
      }
    }
    for (; i < common; i++) {
      int order = (slab.get(ValueLayout.JAVA_BYTE, at + i) & 0xff) - (key[from + i] & 0xff);
      if (order != 0) {
        return order;
      }
    }
    // What is in the heads alone agrees, filled up with zeros: the shorter comes first.
    return Integer.compare(theirs, ours);
  }

  /// The first four bytes of a key from `prefix` on, filled up with zeros, as they order.
  static int head(byte[] key, int prefix) {
    if (key.length - prefix >= TreePage.HEAD_BYTES) {
      return (int) KEY_INT.get(key, prefix);
    }
    int head = 0;
    for (int i = prefix; i < key.length; i++) {
      head |= (key[i] & 0xff) << (8 * (3 - (i - prefix)));
    }
    return head;
  }

  /// The length of the key at a slot.
  static int keyLength(MemorySegment slab, long page, int slot) {
    long cell = TreePage.cell(slab, page, TreePage.slotsAt(slab, page), slot);
    return TreePage.isLong(slab, cell)
        ? TreePage.longKeyLength(slab, cell)
        : TreePage.prefixLength(slab, page) + TreePage.suffixLength(slab, cell);
  }

  /// Copies the prefix of a page to the beginning of an array.
  static void readPrefix(MemorySegment slab, long page, byte[] into) {
    int prefix = TreePage.prefixLength(slab, page);
    MemorySegment.copy(slab, ValueLayout.JAVA_BYTE, TreePage.prefixAt(page), into, 0, prefix);
  }

  /// Copies the key at a slot to an array that holds the prefix already and has room for
  /// [#keyLength] and [#SLACK_BYTES].
  static void readAfterPrefix(PagePool pool, MemorySegment slab, long page, int slot, byte[] into) {
    int prefix = TreePage.prefixLength(slab, page);
    long slotsAt = TreePage.prefixAt(page) + prefix;
    long cell = TreePage.cell(slab, page, slotsAt, slot);
    int length = TreePage.suffixLength(slab, cell);
    if (TreePage.isLong(slab, cell)) {
      KeyChain.read(pool, TreePage.chain(slab, cell), TreePage.longKeyLength(slab, cell), into);
      return;
    }
    KEY_INT.set(into, prefix, TreePage.head(slab, slotsAt, slot));
    int rest = length - TreePage.HEAD_BYTES;
    long from = TreePage.restAt(cell);
    int to = prefix + TreePage.HEAD_BYTES;
    int i = 0;
    for (; i + Long.BYTES <= rest; i += Long.BYTES) {
      KEY_LONG.set(into, to + i, slab.get(BIG_LONG, from + i));
    }
    for (; i < rest; i++) {
      into[to + i] = slab.get(ValueLayout.JAVA_BYTE, from + i);
    }
  }
}
