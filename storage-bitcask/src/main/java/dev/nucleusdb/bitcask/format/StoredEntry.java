package dev.nucleusdb.bitcask.format;

import java.util.List;

/// A put or a delete with its value as it is to be written.
///
/// @param key the key
/// @param value what is written of the value
/// @param expiry when it expires, in milliseconds since 1970, or [Entry#NEVER]
public record StoredEntry(byte[] key, StoredValue value, long expiry) {

  /// Whether none of them is a put.
  public static boolean areTombstones(List<StoredEntry> entries) {
    for (StoredEntry entry : entries) {
      if (!entry.value().isTombstone()) {
        return false;
      }
    }
    return true;
  }

  /// Its bytes on disk.
  ///
  /// @param encrypted whether the store is
  public int sizeBytes(boolean encrypted) {
    int keyAndFlags = Entry.keyAndFlags(key.length, value, expiry, encrypted);
    return Entry.bytes(keyAndFlags, value.valueBytes());
  }
}
