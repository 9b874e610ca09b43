package dev.nucleusdb.bitcask.index;

import java.lang.foreign.MemorySegment;

/// A copy of neighbouring entries of a [HashTable], made without a lock: all that are in `(from,
/// last]`, each as it was at some moment since the call began.
final class HashRun {
  private final long[] highs = new long[FingerprintPage.SLOTS_MAX];
  private final int[] lows = new int[FingerprintPage.SLOTS_MAX];
  private final long[] places = new long[FingerprintPage.SLOTS_MAX];
  private int count;

  int count() {
    return count;
  }

  long high(int i) {
    return highs[i];
  }

  int low(int i) {
    return lows[i];
  }

  long place(int i) {
    return places[i];
  }

  /// Copies the next entries, at least one unless the table ends. Any thread.
  ///
  /// @param included whether an entry with the very fingerprint given belongs to the run
  void copy(HashTable table, long fromHigh, int fromLow, boolean included) {
    long high = fromHigh;
    while (true) {
      long[] sector = table.sector(high);
      int index = Sector.wordIndex(sector, high);
      while (index < sector.length && copyPage(table, sector, index)) {
        dropBefore(fromHigh, fromLow, included);
        if (count > 0) {
          return;
        }
        index++;
      }
      if (index == sector.length) {
        int depth = Sector.depth(sector);
        high = depth == 0 ? 0 : ((high >>> (64 - depth)) + 1) << (64 - depth);
        if (high == 0) {
          return;
        }
      }
    }
  }

  private boolean copyPage(HashTable table, long[] sector, int index) {
    long word = Sector.openWord(sector, index);
    if (word < 0) {
      return false;
    }
    MemorySegment slab = table.slab(word);
    long page = PagePool.offset(Sector.page(word));
    count = Sector.count(word);
    for (int i = 0; i < count; i++) {
      highs[i] = FingerprintPage.high(slab, page, i);
      lows[i] = FingerprintPage.low(slab, page, i);
      places[i] = FingerprintPage.place(slab, page, i);
    }
    return Sector.isUnchanged(sector, index, word);
  }

  private void dropBefore(long high, int low, boolean included) {
    int drop = 0;
    while (drop < count) {
      int order = FingerprintPage.compare(highs[drop], lows[drop], high, low);
      if (order > 0 || (included && order == 0)) {
        break;
      }
      drop++;
    }
    if (drop > 0) {
      count -= drop;
      System.arraycopy(highs, drop, highs, 0, count);
      System.arraycopy(lows, drop, lows, 0, count);
      System.arraycopy(places, drop, places, 0, count);
    }
  }
}
