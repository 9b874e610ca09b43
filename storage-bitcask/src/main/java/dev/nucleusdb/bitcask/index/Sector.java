package dev.nucleusdb.bitcask.index;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A stretch of fingerprints in a [HashTable]: those that begin with the same bits. It is an array,
/// so that a reader is two steps away from a page.
///
/// ```
///   sector = long[] { depth, word, word, … }                    one word per page, 1 to 16
///   word   = changing 1 | page 27 | version 28 | count 8        -1: retired
/// ```
///
/// The word of a page is its sequence lock: negative while the page changes, with another version
/// afterwards, -1 for ever once the sector was replaced. A version comes back after 2^28 changes of
/// one page, which is minutes of nothing else: a reader would be deceived only if it slept through
/// exactly so many in the middle of one look.
final class Sector {
  private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final long CHANGING = Long.MIN_VALUE;
  private static final long RETIRED = -1L;
  private static final int COUNT_BITS = 8;
  private static final int PAGE_SHIFT = 36;
  private static final int PAGES_MAX = 1 << 27;
  private static final long VERSION_STEP = 1L << COUNT_BITS;
  private static final long VERSION_MASK = (1L << PAGE_SHIFT) - VERSION_STEP;

  private Sector() {}

  static long word(int page, int count) {
    invariant(page < PAGES_MAX, "the index has too many pages");
    return ((long) page << PAGE_SHIFT) | count;
  }

  static int count(long word) {
    return (int) word & ((1 << COUNT_BITS) - 1);
  }

  static int page(long word) {
    return (int) (word >>> PAGE_SHIFT);
  }

  /// How many first bits all fingerprints of a sector have in common.
  static int depth(long[] sector) {
    return (int) sector[0];
  }

  /// Where the word of a fingerprint's page is.
  static int wordIndex(long[] sector, long high) {
    return 1 + (int) Math.unsignedMultiplyHigh(high << depth(sector), sector.length - 1);
  }

  /// Where in its page's range a fingerprint is, as a fraction of 2^64.
  static long fraction(long[] sector, long high) {
    return (high << depth(sector)) * (sector.length - 1);
  }

  static long heapBytes(long[] sector) {
    return 16 + 8L * sector.length;
  }

  /// A word to read a page by; negative if the sector must be looked up again. Any thread.
  static long openWord(long[] sector, int index) {
    return (long) WORDS.getAcquire(sector, index);
  }

  /// Whether what was read since [#openWord] was whole. Any thread.
  static boolean isUnchanged(long[] sector, int index, long word) {
    VarHandle.acquireFence();
    return (long) WORDS.getOpaque(sector, index) == word;
  }

  /// Tells readers that a page changes from here on.
  static void close(long[] sector, int index, long word) {
    WORDS.setOpaque(sector, index, word | CHANGING);
    VarHandle.releaseFence();
  }

  /// Lets readers in again.
  static void open(long[] sector, int index, long word, int count) {
    long version = (word + VERSION_STEP) & VERSION_MASK;
    WORDS.setRelease(sector, index, ((long) page(word) << PAGE_SHIFT) | version | count);
  }

  /// Sends readers away for ever; the pages may be used for something else afterwards.
  static void retire(long[] sector) {
    for (int index = 1; index < sector.length; index++) {
      WORDS.setOpaque(sector, index, RETIRED);
    }
    VarHandle.releaseFence();
  }
}
