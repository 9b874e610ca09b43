package dev.nucleusdb.bitcask.index;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A cursor over pages that do not change while it is used: those of a view, or the live ones for
/// the writer between its changes. Copies a key out of its page when it is asked for.
final class TreeCursor implements OrderedKeydir.Cursor {
  private final PagePool pool;
  private final LongSupplier root;

  private final int[] path = new int[TreeWriter.HEIGHT_MAX];
  private final int[] childAt = new int[TreeWriter.HEIGHT_MAX];
  private int height;

  // The leaf that the cursor is in, and where; count 0 when it stands at no key.
  private MemorySegment slab;
  private long page;
  private int count;
  private int slot;

  private byte[] key = new byte[64];
  private boolean isPrefixRead;
  private boolean isKeyRead;

  /// @param root gives the root whenever the cursor is sought
  TreeCursor(PagePool pool, LongSupplier root) {
    this.pool = pool;
    this.root = root;
    slab = pool.slab(TreeWriter.rootPage(root.getAsLong()));
  }

  @Override
  public boolean seek(byte[] sought) {
    int found = descend(sought);
    slot = found >= 0 ? found : -1 - found;
    return slot < count || nextLeaf();
  }

  @Override
  public boolean seekLast(byte @Nullable [] keyExclusive) {
    if (keyExclusive == null) {
      long from = root.getAsLong();
      height = TreeWriter.height(from);
      enterLast(height, TreeWriter.rootPage(from));
      slot = count - 1;
      return slot >= 0;
    }
    int found = descend(keyExclusive);
    slot = (found >= 0 ? found : -1 - found) - 1;
    return slot >= 0 || previousLeaf();
  }

  private int descend(byte[] sought) {
    long from = root.getAsLong();
    height = TreeWriter.height(from);
    int number = TreeWriter.rootPage(from);
    for (int level = height; level > 0; level--) {
      path[level] = number;
      MemorySegment inner = pool.slab(number);
      long at = PagePool.offset(number);
      childAt[level] = TreeWriter.childIndex(TreeSearch.find(pool, inner, at, sought));
      number = TreePage.child(inner, at, childAt[level]);
    }
    enter(number);
    return TreeSearch.find(pool, slab, page, sought);
  }

  private void enter(int leaf) {
    slab = pool.slab(leaf);
    page = PagePool.offset(leaf);
    count = TreePage.count(slab, page);
    isPrefixRead = false;
    isKeyRead = false;
  }

  private void enterFirst(int fromLevel, int from) {
    int number = from;
    for (int level = fromLevel; level > 0; level--) {
      path[level] = number;
      childAt[level] = 0;
      number = TreePage.child(pool.slab(number), PagePool.offset(number), 0);
    }
    enter(number);
  }

  private void enterLast(int fromLevel, int from) {
    int number = from;
    for (int level = fromLevel; level > 0; level--) {
      path[level] = number;
      childAt[level] = TreePage.count(pool.slab(number), PagePool.offset(number));
      number = TreePage.child(pool.slab(number), PagePool.offset(number), childAt[level]);
    }
    enter(number);
  }

  @Override
  public boolean next() {
    isKeyRead = false;
    return count > 0 && (++slot < count || nextLeaf());
  }

  @Override
  public boolean previous() {
    isKeyRead = false;
    return count > 0 && (--slot >= 0 || previousLeaf());
  }

  private boolean nextLeaf() {
    for (int level = 1; level <= height; level++) {
      MemorySegment inner = pool.slab(path[level]);
      long at = PagePool.offset(path[level]);
      if (childAt[level] < TreePage.count(inner, at)) {
        childAt[level]++;
        enterFirst(level - 1, TreePage.child(inner, at, childAt[level]));
        slot = 0;
        return true;
      }
    }
    count = 0;
    return false;
  }

  private boolean previousLeaf() {
    for (int level = 1; level <= height; level++) {
      if (childAt[level] > 0) {
        childAt[level]--;
        MemorySegment inner = pool.slab(path[level]);
        long at = PagePool.offset(path[level]);
        enterLast(level - 1, TreePage.child(inner, at, childAt[level]));
        slot = count - 1;
        return true;
      }
    }
    count = 0;
    return false;
  }

  private void requireKey() {
    require(count > 0, "the cursor stands at no key");
  }

  @Override
  public byte[] key() {
    return Arrays.copyOf(keyBuffer(), keyLength());
  }

  @Override
  public int keyLength() {
    requireKey();
    return TreeSearch.keyLength(slab, page, slot);
  }

  @Override
  public byte[] keyBuffer() {
    if (!isKeyRead) {
      int room = keyLength() + TreeSearch.SLACK_BYTES;
      if (room > key.length) {
        key = new byte[Math.max(room, key.length * 2)];
        isPrefixRead = false;
      }
      if (!isPrefixRead) {
        TreeSearch.readPrefix(slab, page, key);
        isPrefixRead = true;
      }
      TreeSearch.readAfterPrefix(pool, slab, page, slot, key);
      isKeyRead = true;
    }
    return key;
  }

  @Override
  public int copyKey(byte[] into) {
    int length = keyLength();
    System.arraycopy(keyBuffer(), 0, into, 0, length);
    return length;
  }

  @Override
  public long place() {
    requireKey();
    return TreePage.place(slab, TreePage.cell(slab, page, TreePage.slotsAt(slab, page), slot));
  }

  /// Goes on from where the cursor stands, as [OrderedKeydir#scan] says.
  boolean scan(byte[] from, byte @Nullable [] to, OrderedKeydir.Visitor visitor) {
    boolean more = seek(from);
    while (more) {
      int length = keyLength();
      byte[] buffer = keyBuffer();
      if (to != null && Arrays.compareUnsigned(buffer, 0, length, to, 0, to.length) >= 0) {
        return true;
      }
      if (!visitor.visit(buffer, length, place())) {
        return false;
      }
      more = next();
    }
    return true;
  }
}
