package dev.nucleusdb.bitcask.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// Keys that are too long for a page: the whole key in pages of its own, each with the number of
/// the next. Never changed once written, so views and copies of a page share it.
///
/// ```
///   page = version 8 | birth 8 | next 4 | bytes of the key
/// ```
final class KeyChain {
  /// No chain: the key stands in its cell.
  static final int NONE = -1;

  private static final int NEXT_AT = 16;
  private static final int BYTES_AT = 20;
  private static final int BYTES_MAX = PagePool.PAGE_BYTES - BYTES_AT;

  private KeyChain() {}

  /// Writes a key.
  ///
  /// @return the first page
  static int write(PageLives pages, byte[] key) {
    int next = NONE;
    int from = (key.length - 1) / BYTES_MAX * BYTES_MAX;
    for (; from >= 0; from -= BYTES_MAX) {
      int number = pages.allocate();
      MemorySegment slab = pages.slab(number);
      long page = PagePool.offset(number);
      int length = Math.min(BYTES_MAX, key.length - from);
      slab.set(TreePage.INT, page + NEXT_AT, next);
      MemorySegment.copy(key, from, slab, ValueLayout.JAVA_BYTE, page + BYTES_AT, length);
      next = number;
    }
    return next;
  }

  /// Copies a key of `length` bytes to the beginning of an array.
  static void read(PagePool pool, int first, int length, byte[] into) {
    int number = first;
    for (int at = 0; at < length; at += BYTES_MAX) {
      MemorySegment slab = pool.slab(number);
      long page = PagePool.offset(number);
      int here = Math.min(BYTES_MAX, length - at);
      MemorySegment.copy(slab, ValueLayout.JAVA_BYTE, page + BYTES_AT, into, at, here);
      number = slab.get(TreePage.INT, page + NEXT_AT);
    }
  }

  /// Orders the chain's key and another.
  static int compare(PagePool pool, int first, int length, byte[] key) {
    int common = Math.min(length, key.length);
    byte[] theirs = new byte[Math.max(0, Math.min(common, BYTES_MAX))];
    int number = first;
    for (int at = 0; at < common; at += BYTES_MAX) {
      MemorySegment slab = pool.slab(number);
      long page = PagePool.offset(number);
      int here = Math.min(BYTES_MAX, common - at);
      MemorySegment.copy(slab, ValueLayout.JAVA_BYTE, page + BYTES_AT, theirs, 0, here);
      int order = Arrays.compareUnsigned(theirs, 0, here, key, at, at + here);
      if (order != 0) {
        return order;
      }
      number = slab.get(TreePage.INT, page + NEXT_AT);
    }
    return Integer.compare(length, key.length);
  }

  /// Shows the pages of a key of `length` bytes; each may be given up when it is shown.
  static void forEach(PagePool pool, int first, int length, IntConsumer visitor) {
    int number = first;
    for (int at = 0; at < length; at += BYTES_MAX) {
      int next = pool.slab(number).get(TreePage.INT, PagePool.offset(number) + NEXT_AT);
      visitor.accept(number);
      number = next;
    }
  }
}
