package dev.nucleusdb.bitcask.index;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// The writer's side of an [OrderedTree]: a B+tree (Comer 1979, prefix B-trees of Bayer and
/// Unterauer 1977).
///
/// An entry that fits is put into its leaf, or taken out, in place, with the leaf closed to readers
/// for that moment. Everything else (splits, merges, pages with another prefix, pages that a view
/// sees) is built aside on new pages, linked by one change of one child pointer or of the root, and
/// only then are the old pages given up. A page's version changes when it is given up and when it
/// is used again, so that a reader still on it starts again.
///
/// A full leaf first shares with a neighbour; two full ones become three (Knuth's B*-tree). A leaf
/// that overflows at either end of the tree leaves all it has behind: ascending keys fill pages.
final class TreeWriter {
  private static final VarHandle ROOT;

  static {
    try {
      ROOT = MethodHandles.lookup().findVarHandle(TreeWriter.class, "root", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  static final int HEIGHT_MAX = 32;
  private static final int UNDERFULL_BYTES = TreePage.ROOM_BYTES / 3;

  private final PageLives pages;

  /// Height in the upper half, page in the lower.
  private long root;

  // The way to the leaf last looked for; index 0 is the leaf.
  private final int[] path = new int[HEIGHT_MAX];
  private final int[] childAt = new int[HEIGHT_MAX];

  // Pages that an operation has replaced, and those of long keys it dropped.
  private int[] doomed = new int[16];
  private int doomedCount;

  TreeWriter(PageLives pages) {
    this.pages = pages;
    root = root(0, new TreeBatch(pages, false).buildWhole());
  }

  /// A tree whose pages are there.
  TreeWriter(PageLives pages, long root) {
    this.pages = pages;
    this.root = root;
  }

  private static long root(int height, int page) {
    return ((long) height << 32) | page;
  }

  /// Page and height of the root. Any thread.
  long root() {
    return (long) ROOT.getAcquire(this);
  }

  static int rootPage(long root) {
    return (int) root;
  }

  static int height(long root) {
    return (int) (root >>> 32);
  }

  /// Puts a tree that was built aside in the place of an empty one.
  void replaceRoot(int height, int page) {
    invariant(height < HEIGHT_MAX, "the tree is too high");
    int old = rootPage(root);
    ROOT.setRelease(this, root(height, page));
    pages.retire(old);
  }

  private int height() {
    return height(root);
  }

  // Operations.

  long put(byte[] key, long place) {
    int slot = descend(key);
    if (slot < 0) {
      insert(-1 - slot, key, place);
      return Place.NONE;
    }
    return replaceAt(slot, place);
  }

  /// As [#put], if the key is there; else does nothing.
  long replace(byte[] key, long place) {
    int slot = descend(key);
    return slot < 0 ? Place.NONE : replaceAt(slot, place);
  }

  private long replaceAt(int slot, long place) {
    unshare();
    MemorySegment slab = pages.slab(path[0]);
    long page = PagePool.offset(path[0]);
    long cell = TreePage.cell(slab, page, TreePage.slotsAt(slab, page), slot);
    long before = TreePage.place(slab, cell);
    TreePage.close(slab, page);
    TreePage.setPlace(slab, cell, place);
    TreePage.open(slab, page);
    return before;
  }

  long remove(byte[] key) {
    int slot = descend(key);
    if (slot < 0) {
      return Place.NONE;
    }
    long before = placeAt(slot);
    unshare();
    MemorySegment slab = pages.slab(path[0]);
    long page = PagePool.offset(path[0]);
    long cell = TreePage.cell(slab, page, TreePage.slotsAt(slab, page), slot);
    boolean inChain = TreePage.isLong(slab, cell);
    int chain = inChain ? TreePage.chain(slab, cell) : KeyChain.NONE;
    TreePage.close(slab, page);
    TreePage.remove(slab, page, slot);
    TreePage.open(slab, page);
    if (inChain) {
      KeyChain.forEach(pages.pool(), chain, key.length, pages::retire);
    }
    if (height() > 0 && TreePage.usedBytes(slab, page) < UNDERFULL_BYTES) {
      rebuild(0, load(0), true);
      retireDoomed();
    }
    return before;
  }

  private long placeAt(int slot) {
    MemorySegment slab = pages.slab(path[0]);
    long page = PagePool.offset(path[0]);
    return TreePage.place(slab, TreePage.cell(slab, page, TreePage.slotsAt(slab, page), slot));
  }

  /// Fills the path; the slot of the key in the leaf, or `-1 - slot`.
  private int descend(byte[] key) {
    int number = rootPage(root);
    for (int level = height(); level > 0; level--) {
      MemorySegment slab = pages.slab(number);
      long page = PagePool.offset(number);
      path[level] = number;
      childAt[level] = childIndex(TreeSearch.find(pages.pool(), slab, page, key));
      number = TreePage.child(slab, page, childAt[level]);
    }
    path[0] = number;
    return TreeSearch.find(pages.pool(), pages.slab(number), PagePool.offset(number), key);
  }

  /// The child below which a key stands, from what [TreeSearch#find] says of the inner page.
  static int childIndex(int found) {
    return found >= 0 ? found + 1 : -1 - found;
  }

  private void insert(int slot, byte[] key, long place) {
    unshare();
    MemorySegment slab = pages.slab(path[0]);
    long page = PagePool.offset(path[0]);
    if (TreeSearch.hasPrefix(slab, page, key)) {
      int suffix = key.length - TreePage.prefixLength(slab, page);
      boolean inChain = suffix > TreePage.SUFFIX_BYTES_MAX;
      if (TreePage.hasRoom(slab, page, TreePage.cellBytes(suffix, inChain))) {
        int chain = inChain ? KeyChain.write(pages, key) : KeyChain.NONE;
        TreePage.close(slab, page);
        TreePage.insert(slab, page, slot, key, place, chain);
        TreePage.open(slab, page);
        return;
      }
    }
    TreeBatch batch = load(0);
    batch.insert(slot, key.clone(), place, KeyChain.NONE);
    if (!batch.fitsOnePage() && slot == batch.count() - 1 && isEdge(true)) {
      batch.divideAt(slot);
      split(0, batch, 2, firstOfParent(), firstOfParent());
    } else if (!batch.fitsOnePage() && slot == 0 && isEdge(false)) {
      batch.divideAt(1);
      split(0, batch, 2, firstOfParent(), firstOfParent());
    } else {
      rebuild(0, batch, false);
    }
    retireDoomed();
  }

  private int firstOfParent() {
    return height() == 0 ? 0 : childAt[1];
  }

  /// Whether the path leads to the last leaf, or the first.
  private boolean isEdge(boolean last) {
    for (int level = height(); level > 0; level--) {
      int edge = last ? TreePage.count(pages.slab(path[level]), PagePool.offset(path[level])) : 0;
      if (childAt[level] != edge) {
        return false;
      }
    }
    return true;
  }

  // Changes of structure.

  /// Copies what a view sees of the path, so that it can be changed.
  private void unshare() {
    pages.reap();
    // What a change that did not come to its end has left here is linked still.
    doomedCount = 0;
    for (int level = height(); level >= 0; level--) {
      int old = path[level];
      if (pages.isShared(old)) {
        int copy = pages.allocate();
        long birth = TreePage.birth(pages.slab(copy), PagePool.offset(copy));
        TreePage.copy(
            pages.slab(old), PagePool.offset(old), pages.slab(copy), PagePool.offset(copy));
        TreePage.setBirth(pages.slab(copy), PagePool.offset(copy), birth);
        link(level, copy);
        path[level] = copy;
        pages.retire(old);
      }
    }
  }

  private TreeBatch load(int level) {
    TreeBatch batch = new TreeBatch(pages, level > 0);
    batch.load(path[level]);
    if (level > 0) {
      batch.firstChild = TreePage.child(pages.slab(path[level]), PagePool.offset(path[level]), 0);
    }
    return batch;
  }

  /// Makes the path's page at `level` link to a page instead of the one it links to now.
  private void link(int level, int page) {
    if (level == height()) {
      ROOT.setRelease(this, root(level, page));
      return;
    }
    MemorySegment slab = pages.slab(path[level + 1]);
    long parent = PagePool.offset(path[level + 1]);
    TreePage.close(slab, parent);
    TreePage.setChild(slab, parent, childAt[level + 1], page);
    TreePage.open(slab, parent);
  }

  /// Replaces the path's page at `level` by pages that hold `batch`.
  ///
  /// @param shrinking whether it may have become so small that it should join a neighbour
  private void rebuild(int level, TreeBatch batch, boolean shrinking) {
    boolean isRoot = level == height();
    boolean fits = batch.fitsOnePage();
    if (isRoot && batch.inner && batch.count() == 0) {
      doom(path[level]);
      ROOT.setRelease(this, root(level - 1, batch.firstChild));
    } else if (fits && (isRoot || !shrinking || batch.bytes(0, batch.count()) >= UNDERFULL_BYTES)) {
      doom(path[level]);
      link(level, batch.buildWhole());
    } else if (isRoot) {
      split(level, batch, batch.divide(), 0, 0);
    } else {
      shareWithNeighbour(level, batch);
    }
  }

  private void shareWithNeighbour(int level, TreeBatch batch) {
    int at = childAt[level + 1];
    boolean left = isLeftBetter(level, at);
    MemorySegment slab = pages.slab(path[level + 1]);
    long parent = PagePool.offset(path[level + 1]);
    int first = left ? at - 1 : at;
    int neighbour = TreePage.child(slab, parent, left ? at - 1 : at + 1);
    TreeBatch both = left ? new TreeBatch(pages, level > 0) : batch;
    TreeBatch theirs = left ? both : new TreeBatch(pages, level > 0);
    theirs.load(neighbour);
    if (level > 0) {
      theirs.firstChild = TreePage.child(pages.slab(neighbour), PagePool.offset(neighbour), 0);
    }
    append(both, left ? batch : theirs, level, first);
    doom(neighbour);
    split(level, both, both.divide(), first, first + 1);
  }

  /// Whether the left neighbour has more room, or is the only one.
  private boolean isLeftBetter(int level, int at) {
    MemorySegment slab = pages.slab(path[level + 1]);
    long parent = PagePool.offset(path[level + 1]);
    if (at == 0 || at == TreePage.count(slab, parent)) {
      return at > 0;
    }
    int left = TreePage.child(slab, parent, at - 1);
    int right = TreePage.child(slab, parent, at + 1);
    return TreePage.usedBytes(pages.slab(left), PagePool.offset(left))
        <= TreePage.usedBytes(pages.slab(right), PagePool.offset(right));
  }

  /// Adds a page's entries to those of its left neighbour. On an inner level the key that separates
  /// them in the parent comes down between them.
  private void append(TreeBatch left, TreeBatch right, int level, int separatorSlot) {
    if (level > 0) {
      TreeBatch parent = new TreeBatch(pages, true);
      parent.load(path[level + 1]);
      byte[] separator = parent.key(separatorSlot);
      left.insert(left.count(), separator, right.firstChild, parent.chain(separatorSlot));
    }
    for (int i = 0; i < right.count(); i++) {
      left.insert(left.count(), right.key(i), right.place(i), right.chain(i));
    }
  }

  /// Builds the parts that `batch` is divided into and puts them in place of the parent's children
  /// `first` to `last`, or below a new root.
  private void split(int level, TreeBatch batch, int parts, int first, int last) {
    doom(path[level]);
    boolean isRoot = level == height();
    TreeBatch parent = isRoot ? new TreeBatch(pages, true) : load(level + 1);
    for (int at = first; at < last; at++) {
      if (level == 0 && parent.chain(first) != KeyChain.NONE) {
        KeyChain.forEach(pages.pool(), parent.chain(first), parent.key(first).length, this::doom);
      }
      parent.remove(first);
    }
    for (int part = 0; part < parts; part++) {
      int page = batch.build(part);
      if (part > 0) {
        int at = first + part - 1;
        parent.insert(at, batch.separator(part), page, batch.separatorChain(part));
      } else if (first == 0) {
        parent.firstChild = page;
      } else {
        parent.setPlace(first - 1, page);
      }
    }
    if (isRoot) {
      invariant(level + 1 < HEIGHT_MAX, "the tree is too high");
      ROOT.setRelease(this, root(level + 1, parent.buildWhole()));
    } else {
      rebuild(level + 1, parent, last > first && parts == 1);
    }
  }

  private void doom(int page) {
    if (doomedCount == doomed.length) {
      doomed = Arrays.copyOf(doomed, doomedCount * 2);
    }
    doomed[doomedCount++] = page;
  }

  private void retireDoomed() {
    for (int i = 0; i < doomedCount; i++) {
      pages.retire(doomed[i]);
    }
    doomedCount = 0;
  }
}
