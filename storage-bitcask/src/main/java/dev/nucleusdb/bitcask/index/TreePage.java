package dev.nucleusdb.bitcask.index;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The bytes of a page of an [OrderedTree], and what can be done with them in place. All numbers
/// little-endian, except `head`, which orders as the bytes do.
///
/// ```
///   page   = version 8 | birth 8 | first child 4 | heap 4 | garbage 4 | count 2 | prefix length 2
///            | prefix | slot* | free | cell*
///   slot   = head 4 | offset of the cell 2              in the order of keys
///   cell   = place or child 8 | length 2 | rest         key = prefix | suffix; suffix = head | rest
///   long   = place or child 8 | 0xffff | chain 4 | key length 4       the key stands in KeyChain
/// ```
///
/// `head` is the first four bytes of the suffix, filled up with zeros: most steps of a search
/// compare heads alone. The prefix is what all keys of the page had in common when it was built. In
/// an inner page the key of a slot is the lowest that may stand below its child; what is lower than
/// all stands below the first child.
///
/// **Version**: odd while the page changes; only grows, also when the page is used for something
/// else. Readers may see any bytes: every loop here is bounded by the counts it has read, every
/// access by the slab, and an answer counts only if the version is unchanged.
final class TreePage {
  static final int HEADER_BYTES = 32;
  static final int SLOT_BYTES = 6;
  static final int HEAD_BYTES = 4;
  static final int CELL_HEADER_BYTES = 10;
  static final int LONG_CELL_BYTES = CELL_HEADER_BYTES + 8;
  static final int PREFIX_BYTES_MAX = 255;

  /// Longer suffixes go to a chain: so that a page holds at least seven entries.
  static final int SUFFIX_BYTES_MAX = 500;

  /// What a page has for prefix, slots and cells.
  static final int ROOM_BYTES = PagePool.PAGE_BYTES - HEADER_BYTES;

  private static final VarHandle VERSION =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int LONG_KEY = 0xffff;
  private static final int BIRTH_AT = 8;
  private static final int FIRST_CHILD_AT = 16;
  private static final int HEAP_AT = 20;
  private static final int GARBAGE_AT = 24;
  private static final int COUNT_AT = 28;
  private static final int PREFIX_LENGTH_AT = 30;

  private TreePage() {}

  // Version.

  static long version(MemorySegment slab, long page) {
    return (long) VERSION.getAcquire(slab, page);
  }

  static boolean isUnchanged(MemorySegment slab, long page, long version) {
    VarHandle.acquireFence();
    return (long) VERSION.getOpaque(slab, page) == version;
  }

  /// From here on readers know that the page changes.
  static void close(MemorySegment slab, long page) {
    VERSION.setOpaque(slab, page, slab.get(LONG, page) + 1);
    VarHandle.releaseFence();
  }

  static void open(MemorySegment slab, long page) {
    VERSION.setRelease(slab, page, slab.get(LONG, page) + 1);
  }

  // Header.

  static long birth(MemorySegment slab, long page) {
    return slab.get(LONG, page + BIRTH_AT);
  }

  static void setBirth(MemorySegment slab, long page, long birth) {
    slab.set(LONG, page + BIRTH_AT, birth);
  }

  static int count(MemorySegment slab, long page) {
    return slab.get(SHORT, page + COUNT_AT) & 0xffff;
  }

  private static void setCount(MemorySegment slab, long page, int count) {
    slab.set(SHORT, page + COUNT_AT, (short) count);
  }

  static int prefixLength(MemorySegment slab, long page) {
    return slab.get(SHORT, page + PREFIX_LENGTH_AT) & 0xffff;
  }

  static long prefixAt(long page) {
    return page + HEADER_BYTES;
  }

  /// Bytes of prefix, slots and cells that are in use.
  static int usedBytes(MemorySegment slab, long page) {
    return prefixLength(slab, page)
        + SLOT_BYTES * count(slab, page)
        + PagePool.PAGE_BYTES
        - slab.get(INT, page + HEAP_AT)
        - slab.get(INT, page + GARBAGE_AT);
  }

  // Entries.

  static long slotsAt(MemorySegment slab, long page) {
    return page + HEADER_BYTES + prefixLength(slab, page);
  }

  static long cell(MemorySegment slab, long page, long slotsAt, int slot) {
    return page + (slab.get(SHORT, slotsAt + (long) slot * SLOT_BYTES + HEAD_BYTES) & 0xffff);
  }

  static int head(MemorySegment slab, long slotsAt, int slot) {
    return slab.get(INT, slotsAt + (long) slot * SLOT_BYTES);
  }

  static long place(MemorySegment slab, long cell) {
    return slab.get(LONG, cell);
  }

  static boolean isLong(MemorySegment slab, long cell) {
    return suffixLength(slab, cell) == LONG_KEY;
  }

  /// The length of a suffix that is not long.
  static int suffixLength(MemorySegment slab, long cell) {
    return slab.get(SHORT, cell + 8) & 0xffff;
  }

  static long restAt(long cell) {
    return cell + CELL_HEADER_BYTES;
  }

  /// The first page of a long key.
  static int chain(MemorySegment slab, long cell) {
    return slab.get(INT, cell + CELL_HEADER_BYTES);
  }

  /// The length of a long key.
  static int longKeyLength(MemorySegment slab, long cell) {
    return slab.get(INT, cell + CELL_HEADER_BYTES + 4);
  }

  /// Bytes of a cell whose key goes on for `suffixLength` after the prefix.
  static int cellBytes(int suffixLength, boolean inChain) {
    return inChain ? LONG_CELL_BYTES : CELL_HEADER_BYTES + Math.max(0, suffixLength - HEAD_BYTES);
  }

  private static int cellBytes(MemorySegment slab, long cell) {
    int length = suffixLength(slab, cell);
    return cellBytes(length, length == LONG_KEY);
  }

  /// The child at `index`: 0 is the first child, the others belong to the slots.
  static int child(MemorySegment slab, long page, int index) {
    return index == 0
        ? slab.get(INT, page + FIRST_CHILD_AT)
        : (int) place(slab, cell(slab, page, slotsAt(slab, page), index - 1));
  }

  // Changes; the page is closed to readers, or not yet linked.

  static void setPlace(MemorySegment slab, long cell, long place) {
    slab.set(LONG, cell, place);
  }

  static void setChild(MemorySegment slab, long page, int index, int child) {
    if (index == 0) {
      slab.set(INT, page + FIRST_CHILD_AT, child);
    } else {
      setPlace(slab, cell(slab, page, slotsAt(slab, page), index - 1), child);
    }
  }

  /// Begins a page: no entries, and the first bytes of `key` as prefix. The version stays. A first
  /// slot is there in any case, as readers look at it before they know whether they may.
  static void clear(MemorySegment slab, long page, byte[] key, int prefixLength) {
    slab.set(INT, page + HEAP_AT, PagePool.PAGE_BYTES);
    slab.set(INT, page + GARBAGE_AT, 0);
    setCount(slab, page, 0);
    slab.set(SHORT, page + PREFIX_LENGTH_AT, (short) prefixLength);
    MemorySegment.copy(key, 0, slab, ValueLayout.JAVA_BYTE, page + HEADER_BYTES, prefixLength);
    slab.set(INT, page + HEADER_BYTES + prefixLength, 0);
    slab.set(SHORT, page + HEADER_BYTES + prefixLength + HEAD_BYTES, (short) 0);
  }

  /// Whether one more cell of this size fits between slots and cells.
  static boolean hasRoom(MemorySegment slab, long page, int cellBytes) {
    int slotsEnd = HEADER_BYTES + prefixLength(slab, page) + SLOT_BYTES * (count(slab, page) + 1);
    return slab.get(INT, page + HEAP_AT) - slotsEnd >= cellBytes;
  }

  /// Puts an entry at `slot`; there must be room. The key begins with the prefix.
  ///
  /// @param chain the first page of the key's chain, or [KeyChain#NONE] to write it here
  static void insert(MemorySegment slab, long page, int slot, byte[] key, long place, int chain) {
    int prefix = prefixLength(slab, page);
    int suffix = key.length - prefix;
    boolean inChain = chain != KeyChain.NONE;
    int heap = slab.get(INT, page + HEAP_AT) - cellBytes(suffix, inChain);
    int count = count(slab, page);
    invariant(
        heap >= HEADER_BYTES + prefix + SLOT_BYTES * (count + 1), "an entry too many for a page");
    slab.set(INT, page + HEAP_AT, heap);
    long cell = page + heap;
    slab.set(LONG, cell, place);
    slab.set(SHORT, cell + 8, (short) (inChain ? LONG_KEY : suffix));
    if (inChain) {
      slab.set(INT, cell + CELL_HEADER_BYTES, chain);
      slab.set(INT, cell + CELL_HEADER_BYTES + 4, key.length);
    } else if (suffix > HEAD_BYTES) {
      int from = prefix + HEAD_BYTES;
      long to = cell + CELL_HEADER_BYTES;
      MemorySegment.copy(key, from, slab, ValueLayout.JAVA_BYTE, to, key.length - from);
    }
    long at = page + HEADER_BYTES + prefix + (long) slot * SLOT_BYTES;
    if (slot < count) {
      MemorySegment.copy(slab, at, slab, at + SLOT_BYTES, (long) (count - slot) * SLOT_BYTES);
    }
    slab.set(INT, at, TreeSearch.head(key, prefix));
    slab.set(SHORT, at + HEAD_BYTES, (short) heap);
    setCount(slab, page, count + 1);
  }

  /// Takes the entry at `slot` away.
  static void remove(MemorySegment slab, long page, int slot) {
    long slotsAt = slotsAt(slab, page);
    int size = cellBytes(slab, cell(slab, page, slotsAt, slot));
    slab.set(INT, page + GARBAGE_AT, slab.get(INT, page + GARBAGE_AT) + size);
    int count = count(slab, page);
    long at = slotsAt + (long) slot * SLOT_BYTES;
    MemorySegment.copy(slab, at + SLOT_BYTES, slab, at, (long) (count - 1 - slot) * SLOT_BYTES);
    setCount(slab, page, count - 1);
  }

  /// Copies a whole page except its version.
  static void copy(MemorySegment from, long fromPage, MemorySegment to, long toPage) {
    MemorySegment.copy(from, fromPage + 8, to, toPage + 8, PagePool.PAGE_BYTES - 8);
  }
}
