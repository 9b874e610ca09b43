package dev.nucleusdb.bitcask.format;

import dev.nucleusdb.bitcask.compression.Compression;
import org.jspecify.annotations.Nullable;

/// A value as it stands in a record, before it is encrypted.
///
/// @param bytes null for a tombstone
/// @param flags [Entry#COMPRESSED], [Entry#REFERENCE], or neither
public record StoredValue(byte @Nullable [] bytes, int flags) {
  private static final StoredValue TOMBSTONE = new StoredValue(null, 0);

  /// The key is gone.
  public static StoredValue tombstone() {
    return TOMBSTONE;
  }

  /// A value as it is to be written.
  ///
  /// @param value null for a tombstone
  public static StoredValue of(byte @Nullable [] value, Compression compression) {
    if (value == null) {
      return TOMBSTONE;
    }
    byte[] shorter = compression.compress(value);
    return shorter == null ? new StoredValue(value, 0) : new StoredValue(shorter, Entry.COMPRESSED);
  }

  /// Says where a large value stands.
  public static StoredValue reference(byte[] bytes) {
    return new StoredValue(bytes, Entry.REFERENCE);
  }

  /// Whether the key is gone.
  public boolean isTombstone() {
    return bytes == null;
  }

  /// Its length as a record says it.
  public int valueBytes() {
    return bytes == null ? Entry.TOMBSTONE : bytes.length;
  }
}
