package dev.nucleusdb.bitcask.index;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The entries of one or two neighbouring pages of an [OrderedTree], taken out so that they can be
/// changed and laid out on new pages.
///
/// Invariant: keys ascend. In a batch of an inner level `firstChild` stands below all keys.
final class TreeBatch {
  /// New pages are filled up to this share at most, so that they take some more before they are
  /// split again. With less than that for two pages, two full neighbours stay two; else they become
  /// three, at least 0.58 full.
  static final int FILL_BYTES_MAX = TreePage.ROOM_BYTES * 7 / 8;

  private final PageLives pages;
  final boolean inner;
  private byte[][] keys = new byte[256][];
  private long[] places = new long[256];
  private int[] chains = new int[256];
  private int count;
  int firstChild;

  /// Where the parts of the last [#divide] end.
  private int[] ends = new int[4];

  private int parts;

  TreeBatch(PageLives pages, boolean inner) {
    this.pages = pages;
    this.inner = inner;
  }

  int count() {
    return count;
  }

  byte[] key(int i) {
    return keys[i];
  }

  int chain(int i) {
    return chains[i];
  }

  long place(int i) {
    return places[i];
  }

  void setPlace(int i, long place) {
    places[i] = place;
  }

  /// Adds all entries of a page at the end.
  void load(int number) {
    MemorySegment slab = pages.slab(number);
    long page = PagePool.offset(number);
    int more = TreePage.count(slab, page);
    reserve(count + more);
    int prefix = TreePage.prefixLength(slab, page);
    byte[] read = new byte[TreePage.PREFIX_BYTES_MAX + TreePage.SUFFIX_BYTES_MAX + 64];
    TreeSearch.readPrefix(slab, page, read);
    long slotsAt = TreePage.slotsAt(slab, page);
    for (int slot = 0; slot < more; slot++) {
      long cell = TreePage.cell(slab, page, slotsAt, slot);
      boolean inChain = TreePage.isLong(slab, cell);
      byte[] key;
      if (inChain) {
        key = new byte[TreePage.longKeyLength(slab, cell)];
        KeyChain.read(pages.pool(), TreePage.chain(slab, cell), key.length, key);
      } else {
        TreeSearch.readAfterPrefix(pages.pool(), slab, page, slot, read);
        key = Arrays.copyOf(read, prefix + TreePage.suffixLength(slab, cell));
      }
      keys[count] = key;
      places[count] = TreePage.place(slab, cell);
      chains[count] = inChain ? TreePage.chain(slab, cell) : KeyChain.NONE;
      count++;
    }
  }

  void insert(int at, byte[] key, long place, int chain) {
    reserve(count + 1);
    System.arraycopy(keys, at, keys, at + 1, count - at);
    System.arraycopy(places, at, places, at + 1, count - at);
    System.arraycopy(chains, at, chains, at + 1, count - at);
    keys[at] = key;
    places[at] = place;
    chains[at] = chain;
    count++;
  }

  void remove(int at) {
    count--;
    System.arraycopy(keys, at + 1, keys, at, count - at);
    System.arraycopy(places, at + 1, places, at, count - at);
    System.arraycopy(chains, at + 1, chains, at, count - at);
  }

  /// Drops the first part of the last [#divide], and on an inner level the entry behind it, whose
  /// child comes first from then on.
  void dropFirstPart() {
    int gone = ends[0];
    if (inner) {
      firstChild = (int) places[gone++];
    }
    count -= gone;
    System.arraycopy(keys, gone, keys, 0, count);
    System.arraycopy(places, gone, places, 0, count);
    System.arraycopy(chains, gone, chains, 0, count);
  }

  private void reserve(int wanted) {
    if (wanted > keys.length) {
      int length = Math.max(wanted, keys.length * 2);
      keys = Arrays.copyOf(keys, length);
      places = Arrays.copyOf(places, length);
      chains = Arrays.copyOf(chains, length);
    }
  }

  // Laying out.

  private int prefix(int from, int to) {
    if (to - from == 0) {
      return 0;
    }
    byte[] first = keys[from];
    byte[] last = keys[to - 1];
    return Math.min(TreePage.PREFIX_BYTES_MAX, common(first, last));
  }

  /// How many first bytes two keys have in common.
  static int common(byte[] a, byte[] b) {
    int at = Arrays.mismatch(a, b);
    return at < 0 ? a.length : at;
  }

  int entryBytes(int i, int prefix) {
    int suffix = keys[i].length - prefix;
    boolean inChain = chains[i] != KeyChain.NONE || suffix > TreePage.SUFFIX_BYTES_MAX;
    return TreePage.SLOT_BYTES + TreePage.cellBytes(suffix, inChain);
  }

  /// Bytes that a page of these entries uses.
  int bytes(int from, int to) {
    int prefix = prefix(from, to);
    int bytes = prefix;
    for (int i = from; i < to; i++) {
      bytes += entryBytes(i, prefix);
    }
    return bytes;
  }

  boolean fitsOnePage() {
    return bytes(0, count) <= TreePage.ROOM_BYTES;
  }

  /// Divides the entries into parts of about the same size, as few as are well filled; how many is
  /// returned. Between two parts of an inner level one entry is left out: it goes up.
  int divide() {
    int bytes = bytes(0, count);
    int wanted = Math.max(1, (bytes + FILL_BYTES_MAX - 1) / FILL_BYTES_MAX);
    while (!divide(wanted, bytes)) {
      wanted++;
      invariant(wanted <= count + 1, "entries too large for a page");
    }
    return parts;
  }

  /// Divides the entries in two at `end`.
  void divideAt(int end) {
    parts = 2;
    ends[0] = end;
    ends[1] = count;
  }

  private boolean divide(int wanted, int bytes) {
    ends = Arrays.copyOf(ends, Math.max(ends.length, wanted));
    parts = wanted;
    int prefix = prefix(0, count);
    int sum = 0;
    int part = 0;
    for (int i = 0; i < count && part < wanted - 1; i++) {
      int size = entryBytes(i, prefix);
      long target = (long) bytes * (part + 1) / wanted;
      if (sum + size / 2 >= target && i > from(part)) {
        ends[part++] = i;
      }
      sum += size;
    }
    if (part < wanted - 1) {
      return false;
    }
    ends[part] = count;
    for (int i = 0; i < wanted; i++) {
      if ((wanted > 1 && from(i) >= ends[i]) || bytes(from(i), ends[i]) > TreePage.ROOM_BYTES) {
        return false;
      }
    }
    return true;
  }

  private int from(int part) {
    return part == 0 ? 0 : ends[part - 1] + (inner ? 1 : 0);
  }

  /// Lays a part out on a new page.
  int build(int part) {
    int child = part == 0 ? firstChild : inner ? (int) places[ends[part - 1]] : 0;
    return build(from(part), ends[part], child);
  }

  /// Lays everything out on one new page.
  int buildWhole() {
    return build(0, count, firstChild);
  }

  private int build(int from, int to, int child) {
    int number = pages.allocate();
    MemorySegment slab = pages.slab(number);
    long page = PagePool.offset(number);
    int prefix = prefix(from, to);
    TreePage.clear(slab, page, from == to ? new byte[0] : keys[from], prefix);
    if (inner) {
      TreePage.setChild(slab, page, 0, child);
    }
    for (int i = from; i < to; i++) {
      if (chains[i] == KeyChain.NONE && keys[i].length - prefix > TreePage.SUFFIX_BYTES_MAX) {
        chains[i] = KeyChain.write(pages, keys[i]);
      }
      TreePage.insert(slab, page, i - from, keys[i], places[i], chains[i]);
    }
    return number;
  }

  /// The lowest key that may stand in a part but the first: for a leaf as short as can be.
  byte[] separator(int part) {
    int at = ends[part - 1];
    byte[] key = keys[at];
    return inner ? key : Arrays.copyOf(key, common(keys[at - 1], key) + 1);
  }

  /// The chain that the separator brings along.
  int separatorChain(int part) {
    return inner ? chains[ends[part - 1]] : KeyChain.NONE;
  }
}
