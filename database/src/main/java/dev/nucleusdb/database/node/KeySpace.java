package dev.nucleusdb.database.node;

import java.nio.ByteBuffer;

/// Where things stand in the store.
///
/// ```
///   0x00                          the mark of the last snapshot: this node's alone
///   0x01 session:8 (big endian)   a session's record
///   0x10 key                      a user's key
/// ```
final class KeySpace {
  static final byte[] MARK = {0x00};

  /// Where the replicated state begins: what is below belongs to the node.
  static final byte[] REPLICATED_BEGIN = {0x01};

  static final byte[] SESSIONS_BEGIN = {0x01};
  static final byte[] SESSIONS_END = {0x02};

  private static final byte DATA = 0x10;

  private KeySpace() {}

  static byte[] data(byte[] key) {
    byte[] stored = new byte[key.length + 1];
    stored[0] = DATA;
    System.arraycopy(key, 0, stored, 1, key.length);
    return stored;
  }

  static byte[] userKey(byte[] stored) {
    byte[] key = new byte[stored.length - 1];
    System.arraycopy(stored, 1, key, 0, key.length);
    return key;
  }

  static byte[] session(long number) {
    return ByteBuffer.allocate(9).put(SESSIONS_BEGIN).putLong(number).array();
  }

  static long sessionOf(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong(1);
  }
}
