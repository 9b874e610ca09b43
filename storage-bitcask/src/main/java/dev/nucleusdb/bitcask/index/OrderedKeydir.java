package dev.nucleusdb.bitcask.index;

import org.jspecify.annotations.Nullable;

/// A [Keydir] that keeps the keys themselves, in the order of `core.codec.Bytes.ORDER`.
public interface OrderedKeydir extends Keydir {
  @Override
  OrderedView view();

  /// Shows the keys from `from` (included) to `to` (excluded; null means to the end), in order,
  /// until the visitor returns false. Writer; the visitor must not change the index.
  ///
  /// @return whether all were shown
  boolean scan(byte[] from, byte @Nullable [] to, Visitor visitor);

  /// A cursor over the live index. Writer; it must be sought anew after any change.
  Cursor cursor();

  /// A view with ordered access.
  interface OrderedView extends View {
    /// A new cursor; several may be used, each by one thread.
    Cursor cursor();
  }

  /// Is shown keys and places.
  @FunctionalInterface
  interface Visitor {
    /// Shows one key.
    ///
    /// @param buffer holds the key from 0; reused for the next key, so copy what must stay
    /// @param length of the key
    /// @param place its place
    /// @return whether to go on
    boolean visit(byte[] buffer, int length, long place);
  }

  /// Stands at a key, or at none. The key can be read without making garbage.
  interface Cursor {
    /// Goes to the first key that is not below `key`.
    ///
    /// @return whether there is one
    boolean seek(byte[] key);

    /// Goes to the last key below `keyExclusive`, or to the very last for null.
    ///
    /// @return whether there is one
    boolean seekLast(byte @Nullable [] keyExclusive);

    /// Goes to the next key.
    ///
    /// @return whether there is one; if not, the cursor stands at none until it is sought again
    boolean next();

    /// Goes to the key before.
    ///
    /// @return whether there is one; if not, the cursor stands at none until it is sought again
    boolean previous();

    /// The key, in an array of its own.
    byte[] key();

    /// The length of the key.
    int keyLength();

    /// The key from index 0 of an array that belongs to the cursor and changes when it moves.
    byte[] keyBuffer();

    /// Copies the key to the beginning of an array.
    ///
    /// @return the length of the key
    /// @throws IndexOutOfBoundsException if it does not fit
    int copyKey(byte[] into);

    /// The place.
    long place();
  }
}
