package dev.nucleusdb.bitcask.index;

import org.jspecify.annotations.Nullable;

/// stub
public interface OrderedKeydir extends Keydir {
  @Override
  OrderedView view();

  boolean scan(byte[] from, byte @Nullable [] to, Visitor visitor);

  interface Visitor {
    boolean visit(byte[] key, long place);
  }

  interface OrderedView extends View {
    Cursor cursor();
  }

  interface Cursor {
    boolean seek(byte[] key);

    boolean seekLast(byte @Nullable [] keyExclusive);

    boolean next();

    boolean previous();

    byte[] key();

    int copyKey(byte[] into);

    long place();
  }
}
