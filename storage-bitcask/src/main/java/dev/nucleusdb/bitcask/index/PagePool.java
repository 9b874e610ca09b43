package dev.nucleusdb.bitcask.index;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.bitcask.index.image.BadImageException;
import dev.nucleusdb.bitcask.index.image.ImageReader;
import dev.nucleusdb.bitcask.index.image.ImageWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Pages of one size outside the heap, cut from slabs that are never unmapped while the pool can be
/// reached: a reader that comes too late to a page finds another page's bytes there, never a hole.
/// So pages are reused at once, and no reader is ever waited for; who reads without a lock checks
/// afterwards, by a version, that the page was still the one meant.
///
/// ```
///   page number = slab << 10 | page in slab      slab: 16 to 1024 pages, about 1/32 of what is there
/// ```
///
/// The arena is an automatic one unless the caller brings its own: a node that is dropped without a
/// close, as simulated crashes do, gives its memory back at the next collection. The JDK counts
/// automatic memory against `-XX:MaxDirectMemorySize`.
final class PagePool {
  static final int PAGE_BYTES = 4096;

  private static final int PAGE_SHIFT = 12;
  private static final int SLAB_SHIFT = 10;
  private static final int SLAB_MASK = (1 << SLAB_SHIFT) - 1;
  private static final int SLAB_PAGES_MIN = 16;
  private static final int GROWTH_SHARE = 32;

  private final Arena arena;

  /// Replaced when one is added, never changed: readers see an older array or a newer one.
  private MemorySegment[] slabs = {};

  private int lastSlabPages;
  private int lastSlabUsed;
  private long pages;
  private int[] free = new int[16];
  private int freeCount;

  PagePool(Arena arena) {
    this.arena = arena;
  }

  /// The slab of a page. Any thread that has read the page's number from where the writer published
  /// it.
  MemorySegment slab(int page) {
    return slabs[page >>> SLAB_SHIFT];
  }

  /// Where in its slab a page begins.
  static long offset(int page) {
    return (long) (page & SLAB_MASK) << PAGE_SHIFT;
  }

  /// A page whose content is undefined. Writer.
  int allocate() {
    if (freeCount > 0) {
      return free[--freeCount];
    }
    if (lastSlabUsed == lastSlabPages) {
      addSlab(Math.clamp(pages / GROWTH_SHARE, SLAB_PAGES_MIN, 1 << SLAB_SHIFT));
    }
    return ((slabs.length - 1) << SLAB_SHIFT) | lastSlabUsed++;
  }

  private void addSlab(int slabPages) {
    invariant(slabs.length < 1 << (31 - SLAB_SHIFT), "the index has too many pages");
    MemorySegment[] more = Arrays.copyOf(slabs, slabs.length + 1);
    more[slabs.length] = arena.allocate((long) slabPages << PAGE_SHIFT, PAGE_BYTES);
    slabs = more;
    lastSlabPages = slabPages;
    lastSlabUsed = 0;
    pages += slabPages;
  }

  /// Takes a page back. Writer.
  void free(int page) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, free.length * 2);
    }
    free[freeCount++] = page;
  }

  // Images: slabs as they are, with the numbers of their pages.

  long bodyBytes() {
    return pages << PAGE_SHIFT;
  }

  int factsBytes(int alsoFreeCount) {
    return 16 + 4 * (slabs.length + freeCount + alsoFreeCount);
  }

  /// Writes what [#load] needs to know.
  ///
  /// @param alsoFree pages that only a view sees: nobody will see them in the image
  void putFacts(ByteBuffer facts, int[] alsoFree) {
    facts.putInt(slabs.length);
    for (MemorySegment slab : slabs) {
      facts.putInt((int) (slab.byteSize() >>> PAGE_SHIFT));
    }
    facts.putInt(lastSlabUsed).putInt(freeCount + alsoFree.length);
    for (int i = 0; i < freeCount; i++) {
      facts.putInt(free[i]);
    }
    for (int page : alsoFree) {
      facts.putInt(page);
    }
  }

  void save(ImageWriter image) {
    for (MemorySegment slab : slabs) {
      image.append(slab.asByteBuffer());
    }
  }

  /// A pool as it was saved.
  static PagePool load(Arena arena, ByteBuffer facts, ImageReader image) throws BadImageException {
    PagePool pool = new PagePool(arena);
    int[] sizes = new int[facts.getInt()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = facts.getInt();
    }
    for (int size : sizes) {
      pool.addSlab(size);
      image.read(pool.slabs[pool.slabs.length - 1].asByteBuffer());
    }
    pool.lastSlabUsed = facts.getInt();
    pool.freeCount = facts.getInt();
    pool.free = new int[Math.max(16, pool.freeCount)];
    for (int i = 0; i < pool.freeCount; i++) {
      pool.free[i] = facts.getInt();
    }
    return pool;
  }

  /// Bytes off and on the heap.
  long memoryBytes() {
    return (pages << PAGE_SHIFT) + 4L * free.length + 64L * slabs.length + 128;
  }
}
