package dev.nucleusdb.bitcask.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.BitSet;

/// A page of fingerprints and places, sorted by fingerprint without gaps. How many there are stands
/// outside, in the word of the page in a [HashTable].
///
/// ```
///   page = slot*                                   at most 204
///   slot = high 8 | low 4 | place 8                little-endian; sorted by (high, low), unsigned
/// ```
final class FingerprintPage {
  static final int SLOT_BYTES = 20;
  static final int SLOTS_MAX = PagePool.PAGE_BYTES / SLOT_BYTES;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int LOW_AT = 8;
  private static final int PLACE_AT = 12;

  private FingerprintPage() {}

  static long high(MemorySegment slab, long page, int slot) {
    return slab.get(LONG, page + (long) slot * SLOT_BYTES);
  }

  static int low(MemorySegment slab, long page, int slot) {
    return slab.get(INT, page + (long) slot * SLOT_BYTES + LOW_AT);
  }

  static long place(MemorySegment slab, long page, int slot) {
    return slab.get(LONG, page + (long) slot * SLOT_BYTES + PLACE_AT);
  }

  static void setPlace(MemorySegment slab, long page, int slot, long place) {
    slab.set(LONG, page + (long) slot * SLOT_BYTES + PLACE_AT, place);
  }

  /// Orders fingerprints.
  static int compare(long high, int low, long otherHigh, int otherLow) {
    int order = Long.compareUnsigned(high, otherHigh);
    return order != 0 ? order : Integer.compareUnsigned(low, otherLow);
  }

  /// The slot of a fingerprint, or `-1 - slot` where it would stand. Looks first where it should be
  /// if fingerprints were spread evenly, which misses by about the root of the count. Ends whatever
  /// the bytes are: a reader may look while the page changes.
  ///
  /// @param fraction where in the page's range of fingerprints `high` is, as a fraction of 2^64
  static int find(MemorySegment slab, long page, int count, long fraction, long high, int low) {
    int at = (int) Math.unsignedMultiplyHigh(fraction, count);
    long sought = high + Long.MIN_VALUE;
    if (at < count && high(slab, page, at) + Long.MIN_VALUE < sought) {
      do {
        at++;
      } while (at < count && high(slab, page, at) + Long.MIN_VALUE < sought);
    } else {
      while (at > 0 && high(slab, page, at - 1) + Long.MIN_VALUE >= sought) {
        at--;
      }
    }
    while (at < count && high(slab, page, at) == high) {
      int order = Integer.compareUnsigned(low(slab, page, at), low);
      if (order == 0) {
        return at;
      }
      if (order > 0) {
        break;
      }
      at++;
    }
    return -1 - at;
  }

  /// Makes room at `slot` and fills it.
  static void insert(
      MemorySegment slab, long page, int count, int slot, long high, int low, long place) {
    long at = page + (long) slot * SLOT_BYTES;
    MemorySegment.copy(slab, at, slab, at + SLOT_BYTES, (long) (count - slot) * SLOT_BYTES);
    slab.set(LONG, at, high);
    slab.set(INT, at + LOW_AT, low);
    slab.set(LONG, at + PLACE_AT, place);
  }

  /// Closes the gap that `slot` leaves.
  static void remove(MemorySegment slab, long page, int count, int slot) {
    long at = page + (long) slot * SLOT_BYTES;
    MemorySegment.copy(slab, at + SLOT_BYTES, slab, at, (long) (count - 1 - slot) * SLOT_BYTES);
  }

  /// Removes the slots of a set; returns how many stay.
  static int removeAll(MemorySegment slab, long page, int count, BitSet going) {
    int kept = 0;
    for (int slot = 0; slot < count; slot++) {
      if (!going.get(slot)) {
        if (kept < slot) {
          long from = page + (long) slot * SLOT_BYTES;
          MemorySegment.copy(slab, from, slab, page + (long) kept * SLOT_BYTES, SLOT_BYTES);
        }
        kept++;
      }
    }
    return kept;
  }
}
