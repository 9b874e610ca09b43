package dev.nucleusdb.bitcask.index;

import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;
import java.util.function.LongPredicate;

/// A [HashKeydir] as it was: the live table, except what has changed since, which the writer keeps
/// here as it was before, ahead of each change.
///
/// The live entries of a stretch of fingerprints are copied first and the kept ones of the same
/// stretch afterwards: what changed before the copy is then among the kept ones, what changes later
/// was copied unchanged. Both come in the order of fingerprints, so every entry is shown once
/// whatever the writer does meanwhile.
final class HashView implements Keydir.View {
  private final HashTable live;
  private final HashTable before;
  private final long size;
  private volatile boolean closed;

  HashView(HashTable live, PagePool pool) {
    this.live = live;
    before = new HashTable(pool);
    size = live.size();
  }

  /// Keeps what stood at a fingerprint that is about to change. Writer.
  void changing(long high, int low, long place) {
    if (before.get(high, low) == Place.NONE) {
      // Nothing is kept as a place of its own kind: NONE is what the table answers for absence.
      before.put(high, low, place == Place.NONE ? ABSENT : place);
    }
  }

  private static final long ABSENT = Long.MIN_VALUE;

  boolean isClosed() {
    return closed;
  }

  /// Gives the memory back. Writer, after the close.
  void free() {
    before.free();
  }

  /// Shows the numbers of the pages that hold what was kept. Writer.
  void forEachPage(IntConsumer visitor) {
    before.forEachPage(visitor);
  }

  long heapBytes() {
    return before.heapBytes();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean forEach(LongPredicate visitor) {
    Run same = new Run();
    Run older = new Run();
    long high = 0;
    int low = 0;
    boolean first = true;
    do {
      same.copy(live, high, low, first);
      older.copy(before, high, low, first);
      if (!merge(same, older, visitor)) {
        return false;
      }
      if (same.count() > 0) {
        high = same.high(same.count() - 1);
        low = same.low(same.count() - 1);
      }
      first = false;
    } while (same.count() > 0);
    return true;
  }

  /// Shows a stretch: up to the last of `same`, or to the end of all if that is empty.
  private boolean merge(Run same, Run older, LongPredicate visitor) {
    int last = same.count() - 1;
    int atSame = 0;
    int atOlder = 0;
    while (true) {
      if (atOlder > 0 && atOlder == older.count()) {
        older.copy(before, older.high(atOlder - 1), older.low(atOlder - 1), false);
        atOlder = 0;
      }
      boolean moreOlder =
          atOlder < older.count() && (last < 0 || compare(older, atOlder, same, last) <= 0);
      boolean moreSame = atSame <= last;
      if (!moreOlder && !moreSame) {
        return true;
      }
      int order = !moreOlder ? 1 : !moreSame ? -1 : compare(older, atOlder, same, atSame);
      long place = order <= 0 ? older.place(atOlder++) : same.place(atSame);
      if (order >= 0) {
        atSame++;
      }
      if (place != ABSENT && !visitor.test(place)) {
        return false;
      }
    }
  }

  private static int compare(Run a, int i, Run b, int j) {
    return FingerprintPage.compare(a.high(i), a.low(i), b.high(j), b.low(j));
  }

  @Override
  public void close() {
    closed = true;
  }

  /// A copy of neighbouring entries of a [HashTable], made without a lock: all that are in `(from,
  /// last]`, each as it was at some moment since the call began.
  private static final class Run {
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
}
