package dev.nucleusdb.bitcask.cipher;

import java.nio.ByteBuffer;

/// What tells one key from another without telling the key: 128 bits that are derived from it and
/// from the store's id. Stands in the manifest, so that a wrong key is known before anything is
/// read with it.
///
/// @param high the first half
/// @param low the second half
public record Fingerprint(long high, long low) {
  /// Of a store that is not encrypted.
  public static final Fingerprint NONE = new Fingerprint(0, 0);

  /// Its bytes.
  public static final int BYTES = 16;

  static Fingerprint of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Fingerprint(buffer.getLong(), buffer.getLong());
  }

  /// Whether the store is encrypted at all.
  public boolean isPresent() {
    return !equals(NONE);
  }

  @Override
  public String toString() {
    return String.format(java.util.Locale.ROOT, "%016x%016x", high, low);
  }
}
