package dev.nucleusdb.bitcask.index;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Which pages of an [OrderedTree] which views see, and so when a page can be used again.
///
/// Views are numbered as they are opened, and a page is born with the number of the last view. A
/// view sees the pages that were linked when it was opened: of all that are unlinked later, those
/// born before it. A page that the tree gives up is kept by the newest view that sees it; when that
/// view closes, the next older one takes it over, or it is free.
final class PageLives {
  private final PagePool pool;
  private final List<Held> views = new ArrayList<>();
  private long lastView;

  PageLives(PagePool pool) {
    this(pool, 0);
  }

  /// @param lastView the number of the last view ever opened
  PageLives(PagePool pool, long lastView) {
    this.pool = pool;
    this.lastView = lastView;
  }

  /// The number of the last view ever opened: no page was born later.
  long lastView() {
    return lastView;
  }

  /// The pages that only views see.
  int[] held() {
    IntStream.Builder held = IntStream.builder();
    for (Held view : views) {
      for (int i = 0; i < view.count; i++) {
        held.add(view.pages[i]);
      }
    }
    return held.build().toArray();
  }

  /// A view, and the pages that only it and older views still see.
  static final class Held {
    private final long number;
    private int[] pages = new int[8];
    private int count;
    private volatile boolean closed;

    private Held(long number) {
      this.number = number;
    }

    private void add(int page) {
      if (count == pages.length) {
        pages = Arrays.copyOf(pages, count * 2);
      }
      pages[count++] = page;
    }

    /// The view sees nothing any more. Any thread.
    void close() {
      closed = true;
    }
  }

  PagePool pool() {
    return pool;
  }

  MemorySegment slab(int number) {
    return pool.slab(number);
  }

  /// A page that no view sees. Only its version and its birth mean something. A reader that noted
  /// the version when the page was given up notices that it is another page from here on.
  int allocate() {
    int number = pool.allocate();
    changeVersion(number);
    TreePage.setBirth(pool.slab(number), PagePool.offset(number), lastView);
    return number;
  }

  private void changeVersion(int number) {
    TreePage.close(pool.slab(number), PagePool.offset(number));
    TreePage.open(pool.slab(number), PagePool.offset(number));
  }

  /// Whether a view may see a page: then it must not change.
  boolean isShared(int number) {
    return !views.isEmpty() && isSeenBy(views.getLast(), number);
  }

  private boolean isSeenBy(Held view, int number) {
    return TreePage.birth(pool.slab(number), PagePool.offset(number)) < view.number;
  }

  /// Gives up a page that the tree links to no more: readers on their way through it notice, before
  /// anything that it links to is used again.
  void retire(int number) {
    changeVersion(number);
    release(number, views.size() - 1);
  }

  private void release(int number, int newest) {
    if (newest >= 0 && isSeenBy(views.get(newest), number)) {
      views.get(newest).add(number);
    } else {
      pool.free(number);
    }
  }

  /// Opens a view of what is linked now.
  Held hold() {
    reap();
    Held view = new Held(++lastView);
    views.add(view);
    return view;
  }

  /// Takes back what closed views have held.
  void reap() {
    for (int i = views.size() - 1; i >= 0; i--) {
      if (views.get(i).closed) {
        Held gone = views.remove(i);
        for (int k = 0; k < gone.count; k++) {
          release(gone.pages[k], i - 1);
        }
      }
    }
  }

  long heapBytes() {
    long bytes = 64;
    for (Held view : views) {
      bytes += 48 + 4L * view.pages.length;
    }
    return bytes;
  }
}
