package dev.nucleusdb.bitcask.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Builds the pages of an [OrderedTree] from keys that come in order, from the left to the right
/// and from the leaves up: no search, and nothing is moved.
///
/// ```
///   keys ──► leaves:       │ first page │ second page, being filled │
///                              │ lowest key, page number
///            level above:  │ first page │ second page, being filled │
/// ```
///
/// A page is laid out when the next one is full, too: so what is left of a level at the end makes
/// one page or two that are at least half full. Pages are filled to the share that splits leave at
/// most, so that they take some more keys before they are split.
final class TreeLoader {
  private final PageLives pages;
  private final List<Level> levels = new ArrayList<>();
  private long size;
  private int rootPage = -1;

  TreeLoader(PageLives pages) {
    this.pages = pages;
    levels.add(new Level(0));
  }

  /// How many keys were added.
  long size() {
    return size;
  }

  /// The page of the root, once it is finished.
  int rootPage() {
    return rootPage;
  }

  /// The height of the root, once it is finished.
  int height() {
    return levels.size() - 1;
  }

  void add(byte[] key, int length, long place) {
    size++;
    levels.getFirst().add(Arrays.copyOf(key, length), place, KeyChain.NONE);
  }

  /// Lays out what is left.
  void finish() {
    for (int level = 0; rootPage < 0; level++) {
      TreeBatch batch = levels.get(level).batch;
      if (level + 1 == levels.size() && batch.fitsOnePage()) {
        rootPage = batch.buildWhole();
      } else {
        levels.get(level).finish();
      }
    }
  }

  /// One level, from which pages are cut.
  private final class Level {
    private final int number;
    private final TreeBatch batch;

    /// Where the first page ends; -1 while it is being filled.
    private int firstEnd = -1;

    // The page that is being filled: its first entry, what all its keys have in common, its bytes.
    private int from;
    private int prefix;
    private int bytes;

    /// The lowest key of the next page that is laid out.
    private byte[] separator = {};

    private int separatorChain = KeyChain.NONE;

    Level(int number) {
      this.number = number;
      batch = new TreeBatch(pages, number > 0);
    }

    void add(byte[] key, long place, int chain) {
      int at = batch.count();
      batch.insert(at, key, place, chain);
      count(at, key);
      if (bytes > TreeBatch.FILL_BYTES_MAX && at > from) {
        if (firstEnd >= 0) {
          layOutFirst();
        }
        firstEnd = batch.count() - 1;
        from = batch.inner ? batch.count() : firstEnd;
        bytes = 0;
        if (!batch.inner) {
          count(firstEnd, key);
        }
      }
    }

    /// Counts an entry among those of the page that is being filled.
    private void count(int at, byte[] key) {
      int common = at == from ? key.length : TreeBatch.common(batch.key(from), key);
      common = Math.min(common, TreePage.PREFIX_BYTES_MAX);
      if (at == from || common < prefix) {
        prefix = common;
        bytes = batch.bytes(from, at + 1);
      } else {
        bytes += batch.entryBytes(at, prefix);
      }
    }

    private void layOutFirst() {
      batch.divideAt(firstEnd);
      layOut(0);
      nextSeparator(1);
      batch.dropFirstPart();
    }

    private void nextSeparator(int part) {
      separator = batch.separator(part);
      separatorChain = batch.separatorChain(part);
    }

    /// Lays a part of the batch out and tells the level above.
    private void layOut(int part) {
      int page = batch.build(part);
      if (number + 1 == levels.size()) {
        Level above = new Level(number + 1);
        above.batch.firstChild = page;
        levels.add(above);
      } else {
        levels.get(number + 1).add(separator, page, separatorChain);
      }
    }

    void finish() {
      int parts = batch.divide();
      for (int part = 0; part < parts; part++) {
        if (part > 0) {
          nextSeparator(part);
        }
        layOut(part);
      }
    }
  }
}
