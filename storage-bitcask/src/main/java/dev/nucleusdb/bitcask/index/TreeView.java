package dev.nucleusdb.bitcask.index;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.util.function.LongPredicate;

/// An [OrderedTree] as it was: the root of that time. The writer changes no page below it, but
/// copies.
final class TreeView implements OrderedKeydir.OrderedView {
  private static final byte[] LOWEST = {};

  private final PagePool pool;
  private final long root;
  private final long size;
  private final PageLives.Held held;
  private volatile boolean closed;

  TreeView(PagePool pool, long root, long size, PageLives.Held held) {
    this.pool = pool;
    this.root = root;
    this.size = size;
    this.held = held;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public OrderedKeydir.Cursor cursor() {
    require(!closed, "the view is closed");
    return new TreeCursor(pool, () -> root);
  }

  @Override
  public boolean forEach(LongPredicate visitor) {
    OrderedKeydir.Cursor cursor = cursor();
    for (boolean more = cursor.seek(LOWEST); more; more = cursor.next()) {
      if (!visitor.test(cursor.place())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    closed = true;
    held.close();
  }
}
