package dev.nucleusdb.bitcask.index;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongPredicate;

/// Fingerprints and their places, in the order of fingerprints: extendible hashing (Fagin et al.
/// 1979) over *sectors* of 1 to 16 pages. As a fingerprint is evenly spread, its first bits say
/// which sector, the next which page of it, the next about which slot of the page; so order costs
/// nothing, a page is filled to the last slot before anything must grow, growing copies runs of
/// slots, and whoever shows all entries can do so by position in the order.
///
/// ```
///   directory[first bits] ──► sector: a word per page (Sector) ──► page: slots (FingerprintPage)
/// ```
///
/// A full page makes its sector one page larger, so that the load falls by a ninth to a sixteenth;
/// a sector of 16 pages becomes two of 9. That keeps the pages at about 0.85 of their slots on
/// average, and no step copies more than 64 KiB.
///
/// **Readers** take no lock: they note the word of a page, copy what they need, and look at the
/// word again. The pages of a replaced sector are reused at once.
final class HashTable {
  private static final VarHandle SECTORS = MethodHandles.arrayElementVarHandle(long[][].class);
  private static final VarHandle DIRECTORY;
  private static final VarHandle SIZE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      DIRECTORY = lookup.findVarHandle(HashTable.class, "directory", long[][].class);
      SIZE = lookup.findVarHandle(HashTable.class, "size", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  static final int PAGES_MAX = 16;

  private static final int SPLIT_PAGES = 9;

  private final PagePool pool;
  private long[][] directory;
  private int depth;
  private long size;
  private long sectorBytes;

  HashTable(PagePool pool) {
    this.pool = pool;
    long[] sector = {0, Sector.word(pool.allocate(), 0)};
    directory = new long[][] {sector};
    sectorBytes = Sector.heapBytes(sector);
  }

  long size() {
    return (long) SIZE.getAcquire(this);
  }

  /// Bytes on the heap; the pages are the pool's.
  long heapBytes() {
    return sectorBytes + 16 + 4L * directory.length;
  }

  /// The sector that a fingerprint belongs to. Any thread.
  long[] sector(long high) {
    long[][] now = (long[][]) DIRECTORY.getAcquire(this);
    int bits = Integer.numberOfTrailingZeros(now.length);
    return (long[]) SECTORS.getAcquire(now, bits == 0 ? 0 : (int) (high >>> (64 - bits)));
  }

  MemorySegment slab(long word) {
    return pool.slab(Sector.page(word));
  }

  /// The place of a fingerprint, or [Place#NONE]. Any thread.
  long get(long high, int low) {
    while (true) {
      long[] sector = sector(high);
      int index = Sector.wordIndex(sector, high);
      long word = Sector.openWord(sector, index);
      if (word >= 0) {
        MemorySegment slab = slab(word);
        long page = PagePool.offset(Sector.page(word));
        int slot =
            FingerprintPage.find(
                slab, page, Sector.count(word), Sector.fraction(sector, high), high, low);
        // Without a branch: a run of hits must not compile into code that stumbles over each miss.
        int missing = slot >> 31;
        long place = FingerprintPage.place(slab, page, slot & ~missing) | missing;
        if (Sector.isUnchanged(sector, index, word)) {
          return place;
        }
      }
    }
  }

  // The writer's part.

  /// Sets the place of a fingerprint; returns the one before.
  long put(long high, int low, long place) {
    while (true) {
      long[] sector = sector(high);
      int index = Sector.wordIndex(sector, high);
      long word = sector[index];
      MemorySegment slab = slab(word);
      long page = PagePool.offset(Sector.page(word));
      int count = Sector.count(word);
      int slot = FingerprintPage.find(slab, page, count, Sector.fraction(sector, high), high, low);
      if (slot >= 0) {
        long before = FingerprintPage.place(slab, page, slot);
        Sector.close(sector, index, word);
        FingerprintPage.setPlace(slab, page, slot, place);
        Sector.open(sector, index, word, count);
        return before;
      }
      if (count < FingerprintPage.SLOTS_MAX) {
        Sector.close(sector, index, word);
        FingerprintPage.insert(slab, page, count, -1 - slot, high, low, place);
        Sector.open(sector, index, word, count + 1);
        SIZE.setRelease(this, size + 1);
        return Place.NONE;
      }
      grow(sector, high);
    }
  }

  /// Sets the place of a fingerprint that is there; returns the one before, or [Place#NONE] and
  /// does nothing.
  long replace(long high, int low, long place) {
    long[] sector = sector(high);
    int index = Sector.wordIndex(sector, high);
    long word = sector[index];
    MemorySegment slab = slab(word);
    long page = PagePool.offset(Sector.page(word));
    int count = Sector.count(word);
    long fraction = Sector.fraction(sector, high);
    int slot = FingerprintPage.find(slab, page, count, fraction, high, low);
    if (slot < 0) {
      return Place.NONE;
    }
    long before = FingerprintPage.place(slab, page, slot);
    Sector.close(sector, index, word);
    FingerprintPage.setPlace(slab, page, slot, place);
    Sector.open(sector, index, word, count);
    return before;
  }

  /// Forgets a fingerprint; returns its place.
  long remove(long high, int low) {
    long[] sector = sector(high);
    int index = Sector.wordIndex(sector, high);
    long word = sector[index];
    MemorySegment slab = slab(word);
    long page = PagePool.offset(Sector.page(word));
    int count = Sector.count(word);
    int slot = FingerprintPage.find(slab, page, count, Sector.fraction(sector, high), high, low);
    if (slot < 0) {
      return Place.NONE;
    }
    long before = FingerprintPage.place(slab, page, slot);
    Sector.close(sector, index, word);
    FingerprintPage.remove(slab, page, count, slot);
    Sector.open(sector, index, word, count - 1);
    SIZE.setRelease(this, size - 1);
    if (count - 1 < FingerprintPage.SLOTS_MAX / 2) {
      shrink(sector, high);
    }
    return before;
  }

  /// Forgets all whose place the condition holds for, after showing each to `removing`.
  void removeIf(LongPredicate condition, Removing removing) {
    int step;
    for (int at = 0; at < directory.length; at += step) {
      long[] sector = directory[at];
      step = 1 << (depth - Sector.depth(sector));
      for (int index = 1; index < sector.length; index++) {
        removeIf(sector, index, condition, removing);
      }
      shrink(sector, at == 0 ? 0 : (long) at << (64 - depth));
    }
  }

  private void removeIf(long[] sector, int index, LongPredicate condition, Removing removing) {
    long word = sector[index];
    MemorySegment slab = slab(word);
    long page = PagePool.offset(Sector.page(word));
    int count = Sector.count(word);
    // All that is not ours is called before the page is closed to readers.
    BitSet going = new BitSet(count);
    for (int slot = 0; slot < count; slot++) {
      long place = FingerprintPage.place(slab, page, slot);
      if (condition.test(place)) {
        going.set(slot);
        removing.removing(
            FingerprintPage.high(slab, page, slot), FingerprintPage.low(slab, page, slot), place);
      }
    }
    if (!going.isEmpty()) {
      Sector.close(sector, index, word);
      int kept = FingerprintPage.removeAll(slab, page, count, going);
      Sector.open(sector, index, word, kept);
      SIZE.setRelease(this, size - (count - kept));
    }
  }

  /// Is shown what is about to be removed.
  @FunctionalInterface
  interface Removing {
    void removing(long high, int low, long place);
  }

  /// Gives all pages back; the table must not be used any more.
  void free() {
    forEachSector(this::retire);
  }

  private void forEachSector(Consumer<long[]> visitor) {
    int step;
    for (int at = 0; at < directory.length; at += step) {
      long[] sector = directory[at];
      step = 1 << (depth - Sector.depth(sector));
      visitor.accept(sector);
    }
  }

  /// Shows the numbers of all pages.
  void forEachPage(IntConsumer visitor) {
    forEachSector(sector -> {
      for (int index = 1; index < sector.length; index++) {
        visitor.accept(Sector.page(sector[index]));
      }
    });
  }

  // Images: the facts are
  //   size 8 | depth 4 | number of sectors 4 | (depth 4 | pages 4 | (page 4 | count 4)*)*
  // in the order of the directory.

  int factsBytes() {
    int[] bytes = {16};
    forEachSector(sector -> bytes[0] += 8 * sector.length);
    return bytes[0];
  }

  void putFacts(ByteBuffer facts) {
    int[] sectors = {0};
    forEachSector(sector -> sectors[0]++);
    facts.putLong(size).putInt(depth).putInt(sectors[0]);
    forEachSector(sector -> {
      facts.putInt(Sector.depth(sector)).putInt(sector.length - 1);
      for (int index = 1; index < sector.length; index++) {
        facts.putInt(Sector.page(sector[index])).putInt(Sector.count(sector[index]));
      }
    });
  }

  /// A table as it was saved; its pages are in the pool.
  static HashTable load(PagePool pool, ByteBuffer facts) {
    return new HashTable(pool, facts);
  }

  private HashTable(PagePool pool, ByteBuffer facts) {
    this.pool = pool;
    size = facts.getLong();
    depth = facts.getInt();
    int sectors = facts.getInt();
    directory = new long[1 << depth][];
    int at = 0;
    for (int i = 0; i < sectors; i++) {
      int own = facts.getInt();
      long[] sector = new long[facts.getInt() + 1];
      sector[0] = own;
      for (int index = 1; index < sector.length; index++) {
        sector[index] = Sector.word(facts.getInt(), facts.getInt());
      }
      sectorBytes += Sector.heapBytes(sector);
      int to = at + (1 << (depth - own));
      Arrays.fill(directory, at, to, sector);
      at = to;
    }
  }

  // Growing and shrinking: a sector is replaced by one or two new ones.

  private void grow(long[] sector, long high) {
    for (int pages = sector.length; pages <= PAGES_MAX; pages++) {
      if (replace(sector, high, Sector.depth(sector), pages)) {
        return;
      }
    }
    for (int pages = SPLIT_PAGES; pages <= PAGES_MAX; pages++) {
      if (replace(sector, high, Sector.depth(sector) + 1, pages)) {
        return;
      }
    }
    invariant(false, "fingerprints are not spread evenly");
  }

  private void shrink(long[] sector, long high) {
    int pages = sector.length - 1;
    long count = 0;
    for (int index = 1; index <= pages; index++) {
      count += Sector.count(sector[index]);
    }
    int enough = (int) (count * 4 / (FingerprintPage.SLOTS_MAX * 3)) + 1;
    if (enough < pages && count * 2 < (long) pages * FingerprintPage.SLOTS_MAX) {
      for (; enough < pages; enough++) {
        if (replace(sector, high, Sector.depth(sector), enough)) {
          return;
        }
      }
    }
  }

  /// Replaces a sector by those of depth `newDepth` over the same range, each of `pages` pages.
  ///
  /// @return false, and nothing is done, if a page would be too full
  private boolean replace(long[] old, long high, int newDepth, int pages) {
    int parts = 1 << (newDepth - Sector.depth(old));
    int[] counts = counts(old, newDepth, parts, pages);
    for (int count : counts) {
      if (count > FingerprintPage.SLOTS_MAX) {
        return false;
      }
    }
    long[][] made = new long[parts][pages + 1];
    Run run = new Run(old);
    for (int i = 0; i < counts.length; i++) {
      int page = pool.allocate();
      run.copyTo(page, counts[i]);
      made[i / pages][i % pages + 1] = Sector.word(page, counts[i]);
    }
    for (long[] sector : made) {
      sector[0] = newDepth;
      sectorBytes += Sector.heapBytes(sector);
    }
    publish(made, high, newDepth);
    sectorBytes -= Sector.heapBytes(old);
    retire(old);
    return true;
  }

  /// How many slots each page of the new sectors will have.
  private int[] counts(long[] old, int newDepth, int parts, int pages) {
    int[] counts = new int[parts * pages];
    int oldDepth = Sector.depth(old);
    for (int index = 1; index < old.length; index++) {
      MemorySegment slab = slab(old[index]);
      long page = PagePool.offset(Sector.page(old[index]));
      int count = Sector.count(old[index]);
      for (int slot = 0; slot < count; slot++) {
        long rest = FingerprintPage.high(slab, page, slot) << oldDepth;
        int part = parts == 1 ? 0 : (int) (rest >>> 63);
        long in = rest << (newDepth - oldDepth);
        counts[part * pages + (int) Math.unsignedMultiplyHigh(in, pages)]++;
      }
    }
    return counts;
  }

  private void publish(long[][] made, long high, int newDepth) {
    if (newDepth > depth) {
      long[][] twice = new long[directory.length * 2][];
      Arrays.setAll(twice, i -> directory[i / 2]);
      depth++;
      DIRECTORY.setRelease(this, twice);
    }
    int each = 1 << (depth - newDepth);
    int reach = each * made.length;
    int first = depth == 0 ? 0 : (int) (high >>> (64 - depth)) / reach * reach;
    for (int i = 0; i < reach; i++) {
      SECTORS.setRelease(directory, first + i, made[i / each]);
    }
  }

  private void retire(long[] sector) {
    long[] words = sector.clone();
    Sector.retire(sector);
    for (int index = 1; index < words.length; index++) {
      pool.free(Sector.page(words[index]));
    }
  }

  /// The slots of a sector, one after the other.
  private final class Run {
    private final long[] sector;
    private int index = 1;
    private int slot;

    Run(long[] sector) {
      this.sector = sector;
    }

    void copyTo(int page, int count) {
      MemorySegment slab = pool.slab(page);
      long to = PagePool.offset(page);
      int left = count;
      while (left > 0) {
        long word = sector[index];
        int length = Math.min(left, Sector.count(word) - slot);
        long from = PagePool.offset(Sector.page(word)) + (long) slot * FingerprintPage.SLOT_BYTES;
        long bytes = (long) length * FingerprintPage.SLOT_BYTES;
        MemorySegment.copy(slab(word), from, slab, to, bytes);
        to += bytes;
        left -= length;
        slot += length;
        if (slot == Sector.count(word)) {
          index++;
          slot = 0;
        }
      }
    }
  }
}
