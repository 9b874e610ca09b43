package dev.nucleusdb.bitcask.index;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.bitcask.index.image.BadImageException;
import dev.nucleusdb.bitcask.index.image.ImageReader;
import dev.nucleusdb.bitcask.index.image.ImageWriter;
import dev.nucleusdb.bitcask.index.image.IndexSink;
import dev.nucleusdb.bitcask.index.image.IndexSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The keydir that keeps the keys, in order: a B+tree in pages outside the heap.
///
/// ```
///   root ──► inner page ──► inner page ──► leaf: keys and places         (TreePage)
///     view: the root of a moment; pages that it sees are copied before they change   (PageLives)
/// ```
///
/// **Readers** of [#get] go down by optimistic lock coupling (Leis et al. 2016, "The ART of
/// practical synchronization"): note a page's version, read the child, check that the version is
/// unchanged both before and after noting the child's. A page read while it changes gives nonsense
/// or an index out of bounds, never an access outside of the slabs, and the reader starts again.
///
/// Pages are used again as soon as no view sees them. Deterministic: the shape is a function of the
/// operations alone.
public final class OrderedTree implements OrderedKeydir {
  /// The longest key, in bytes: those of more than about 500 stand outside the tree's pages.
  public static final int KEY_BYTES_MAX = 1 << 20;

  private static final int IMAGE_KIND = 2;
  private static final long AGAIN = Long.MIN_VALUE;
  private static final int REMOVED_AT_ONCE = 1024;
  private static final VarHandle SIZE;

  static {
    try {
      SIZE = MethodHandles.lookup().findVarHandle(OrderedTree.class, "size", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final PagePool pool;
  private final PageLives pages;
  private final TreeWriter writer;
  private final TreeCursor scanning;
  private long size;

  /// An empty index in memory that is given back once nothing can reach it.
  public OrderedTree() {
    this(Arena.ofAuto());
  }

  /// An empty index.
  ///
  /// @param arena where its memory comes from: automatic, or shared and closed by the caller after
  ///   the last reader is gone
  public OrderedTree(Arena arena) {
    pool = new PagePool(arena);
    pages = new PageLives(pool);
    writer = new TreeWriter(pages);
    scanning = new TreeCursor(pool, writer::root);
  }

  private OrderedTree(PagePool pool, long lastView, long root, long size) {
    this.pool = pool;
    pages = new PageLives(pool, lastView);
    writer = new TreeWriter(pages, root);
    scanning = new TreeCursor(pool, writer::root);
    this.size = size;
  }

  /// Reads an index that [#save] has written, at the speed of reading and checksums: nothing is
  /// done for each key.
  ///
  /// @param binding what the image must belong to
  /// @throws BadImageException if it is damaged, or of another state or kind: the index must be
  ///   built in another way
  public static OrderedTree load(IndexSource source, long binding) throws BadImageException {
    return load(source, binding, Arena.ofAuto());
  }

  /// As above, in memory of an arena.
  public static OrderedTree load(IndexSource source, long binding, Arena arena)
      throws BadImageException {
    ImageReader image = new ImageReader(source, binding, IMAGE_KIND);
    ByteBuffer facts = image.facts();
    long lastView = facts.getLong();
    long root = facts.getLong();
    long size = facts.getLong();
    PagePool pool = PagePool.load(arena, facts, image);
    image.finish();
    return new OrderedTree(pool, lastView, root, size);
  }

  @Override
  public void save(IndexSink sink, long binding) {
    pages.reap();
    int[] alsoFree = pages.held();
    ByteBuffer facts =
        ByteBuffer.allocate(24 + pool.factsBytes(alsoFree.length)).order(ByteOrder.LITTLE_ENDIAN);
    facts.putLong(pages.lastView()).putLong(writer.root()).putLong(size);
    pool.putFacts(facts, alsoFree);
    ImageWriter image = new ImageWriter(sink, binding, IMAGE_KIND, facts.flip(), pool.bodyBytes());
    pool.save(image);
    image.finish();
  }

  @Override
  public long get(byte[] key) {
    while (true) {
      long place = tryGet(key);
      if (place != AGAIN) {
        return place;
      }
    }
  }

  private long tryGet(byte[] key) {
    long root = writer.root();
    MemorySegment slab = pool.slab(TreeWriter.rootPage(root));
    long page = PagePool.offset(TreeWriter.rootPage(root));
    long version = TreePage.version(slab, page);
    if (writer.root() != root || isChanging(version)) {
      return AGAIN;
    }
    try {
      for (int level = TreeWriter.height(root); level > 0; level--) {
        int at = TreeWriter.childIndex(TreeSearch.find(pool, slab, page, key));
        int child = TreePage.child(slab, page, at);
        if (!TreePage.isUnchanged(slab, page, version)) {
          return AGAIN;
        }
        MemorySegment childSlab = pool.slab(child);
        long childPage = PagePool.offset(child);
        long childVersion = TreePage.version(childSlab, childPage);
        if (isChanging(childVersion) || !TreePage.isUnchanged(slab, page, version)) {
          return AGAIN;
        }
        slab = childSlab;
        page = childPage;
        version = childVersion;
      }
      int slot = TreeSearch.find(pool, slab, page, key);
      // Without a branch: a run of hits must not compile into code that stumbles over each miss.
      int missing = slot >> 31;
      long slotsAt = TreePage.slotsAt(slab, page);
      long cell = TreePage.cell(slab, page, slotsAt, slot & ~missing);
      long place = TreePage.place(slab, cell) | missing;
      return TreePage.isUnchanged(slab, page, version) ? place : AGAIN;
    } catch (IndexOutOfBoundsException torn) {
      if (TreePage.isUnchanged(slab, page, version)) {
        throw torn;
      }
      return AGAIN;
    }
  }

  private static boolean isChanging(long version) {
    return (version & 1) != 0;
  }

  @Override
  public long put(byte[] key, long place) {
    require(place >= 0, "place %s", place);
    require(key.length <= KEY_BYTES_MAX, "a key of %s bytes", key.length);
    long before = writer.put(key, place);
    if (before == Place.NONE) {
      SIZE.setRelease(this, size + 1);
    }
    return before;
  }

  @Override
  public long remove(byte[] key) {
    long before = writer.remove(key);
    if (before != Place.NONE) {
      SIZE.setRelease(this, size - 1);
    }
    return before;
  }

  @Override
  public void move(byte[] key, long to) {
    require(to >= 0, "place %s", to);
    require(writer.replace(key, to) != Place.NONE, "moved a key that is not there");
  }

  @Override
  public void removeIf(LongPredicate condition) {
    byte[] from = {};
    List<byte[]> found = new ArrayList<>();
    do {
      found.clear();
      boolean more = scanning.seek(from);
      while (more && found.size() < REMOVED_AT_ONCE) {
        if (condition.test(scanning.place())) {
          found.add(scanning.key());
        }
        more = scanning.next();
      }
      found.forEach(this::remove);
      from = found.isEmpty() ? from : found.getLast();
    } while (found.size() == REMOVED_AT_ONCE);
  }

  @Override
  public Loader loader() {
    require(size == 0, "only an empty index can be loaded");
    return new Loader() {
      private final TreeLoader loading = new TreeLoader(pages);

      @Override
      public void add(byte[] key, int length, long place) {
        require(place >= 0, "place %s", place);
        require(length <= KEY_BYTES_MAX, "a key of %s bytes", length);
        loading.add(key, length, place);
      }

      @Override
      public void finish() {
        loading.finish();
        writer.replaceRoot(loading.height(), loading.rootPage());
        SIZE.setRelease(OrderedTree.this, loading.size());
      }
    };
  }

  @Override
  public boolean scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
    return scanning.scan(from, to, visitor);
  }

  @Override
  public Cursor cursor() {
    return new TreeCursor(pool, writer::root);
  }

  @Override
  public long size() {
    return (long) SIZE.getAcquire(this);
  }

  @Override
  public long memoryBytes() {
    return pool.memoryBytes() + pages.heapBytes();
  }

  @Override
  public OrderedView view() {
    PageLives.Held held = pages.hold();
    return new TreeView(pool, writer.root(), size, held);
  }

  @Override
  public void close() {}
}
