package dev.nucleusdb.bitcask.format;

import dev.nucleusdb.bitcask.cipher.Fingerprint;
import dev.nucleusdb.core.disk.CorruptionException;

/// Which grammar the data files and the manifest of a store follow. Up to version 3 a batch of one
/// record had the same head as any other.
final class FormatVersion {
  static final int ENCRYPTED = 5;
  private static final int PLAIN = 4;

  private FormatVersion() {}

  /// Of what is written now.
  ///
  /// @param key what tells the key of the store, or [Fingerprint#NONE]
  static int of(Fingerprint key) {
    return key.isPresent() ? ENCRYPTED : PLAIN;
  }

  /// @param offset where in the file it stands
  /// @throws CorruptionException if this is not one that is read
  static void requireKnown(String path, long offset, int version) {
    if (version != PLAIN && version != ENCRYPTED) {
      throw new CorruptionException(
          path,
          offset,
          "format version "
              + version
              + " is not known, only 4 and 5; open the store with the release that wrote it");
    }
  }
}
