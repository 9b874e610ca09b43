package dev.nucleusdb.bitcask.large;

import dev.nucleusdb.core.codec.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/// Keys of users and keys of the house in one engine, so that no two are ever the same:
///
/// ```
///   user's key                engine's key
///   mark rest                 mark 0 rest
///   any other                 itself
///                             mark 1 'S'                        state: see LargeValues
///                             mark 1 'U' slot (1)               an upload that is under way
///                             mark 1 'F' number (8)             a large value whose parts are to go
///                             mark 1 'P' id (8) number (4)      a part
/// ```
///
/// The mark is 16 bytes that no key is likely to begin with; one that does is a byte longer in the
/// engine. Order is kept: of two users' keys, the engine's compare as they do.
public final class KeySpace {
  private static final byte[] MARK = {
    (byte) 0xd3,
    0x5e,
    0x11,
    (byte) 0x9a,
    0x07,
    (byte) 0xc8,
    0x6f,
    0x42,
    (byte) 0xb1,
    0x2d,
    (byte) 0xe4,
    0x78,
    (byte) 0x90,
    0x3b,
    (byte) 0xfa,
    0x66
  };
  private static final byte USER = 0;
  private static final byte HOUSE = 1;
  private static final int KIND_AT = MARK.length + 1;

  private KeySpace() {}

  /// The engine's key of a user's key.
  public static byte[] ofUser(byte[] key) {
    if (!isMarked(key)) {
      return key;
    }
    byte[] longer = new byte[key.length + 1];
    System.arraycopy(key, 0, longer, 0, MARK.length);
    longer[MARK.length] = USER;
    System.arraycopy(key, MARK.length, longer, KIND_AT, key.length - MARK.length);
    return longer;
  }

  /// The user's key of an engine's key that is not hidden.
  public static byte[] toUser(byte[] key) {
    if (!isMarked(key) || key.length < KIND_AT) {
      return key;
    }
    byte[] shorter = Arrays.copyOf(key, key.length - 1);
    System.arraycopy(key, KIND_AT, shorter, MARK.length, key.length - KIND_AT);
    return shorter;
  }

  /// Whether an engine's key is one of the house.
  public static boolean isHidden(byte[] key) {
    return isMarked(key) && key.length > MARK.length && key[MARK.length] == HOUSE;
  }

  /// Whether a key begins as keys of the house do.
  static boolean isMarked(byte[] key) {
    return key.length >= MARK.length
        && key[0] == MARK[0]
        && Arrays.equals(key, 0, MARK.length, MARK, 0, MARK.length);
  }

  /// The first engine's key that may be hidden.
  static byte[] hiddenFrom() {
    return marked(0).array();
  }

  /// The first engine's key behind all that may be hidden.
  static byte[] hiddenTo() {
    return Objects.requireNonNull(Bytes.prefixEnd(hiddenFrom()));
  }

  static byte[] state() {
    return marked(1).put((byte) 'S').array();
  }

  static byte[] upload(int slot) {
    return marked(2).put((byte) 'U').put((byte) slot).array();
  }

  static byte[] freed(long number) {
    return marked(9).put((byte) 'F').putLong(number).array();
  }

  /// The key of a part.
  ///
  /// @param id of the large value
  /// @param number 0 for the first
  public static byte[] part(long id, int number) {
    return marked(13).put((byte) 'P').putLong(id).putInt(number).array();
  }

  private static ByteBuffer marked(int more) {
    return ByteBuffer.allocate(KIND_AT + more).put(MARK).put(HOUSE);
  }

  /// Whether a hidden key is that of a part.
  public static boolean isPart(byte[] key) {
    return key.length == KIND_AT + 13 && key[KIND_AT] == 'P';
  }

  /// A hidden key in words.
  public static String describe(byte[] key) {
    ByteBuffer rest = ByteBuffer.wrap(key).position(KIND_AT);
    if (rest.remaining() == 13 && rest.get(KIND_AT) == 'P') {
      rest.get();
      long id = rest.getLong();
      return "part " + rest.getInt() + " of large value " + id;
    } else if (rest.remaining() == 2 && rest.get(KIND_AT) == 'U') {
      return "an upload under way";
    } else if (rest.remaining() == 9 && rest.get(KIND_AT) == 'F') {
      return "a large value to be freed";
    }
    return "the state of large values";
  }
}
