package dev.nucleusdb.bitcask;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.bitcask.compression.Compression;
import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.FrameHeader;
import dev.nucleusdb.bitcask.format.StoredEntry;
import dev.nucleusdb.bitcask.format.StoredValue;
import dev.nucleusdb.core.storage.WriteBatch;
import java.util.ArrayList;
import java.util.List;

/// What a batch becomes before it is written, and whether it may be.
final class Batches {
  private Batches() {}

  /// The batch with its values as they are to be written.
  ///
  /// @throws IllegalArgumentException if a key or a value is too long
  static List<StoredEntry> stored(WriteBatch batch, Compression compression) {
    List<StoredEntry> entries = new ArrayList<>(batch.entries().size());
    for (WriteBatch.Entry entry : batch.entries()) {
      byte[] value = entry.value();
      int keyBytes = entry.key().length;
      int valueBytes = value == null ? 0 : value.length;
      require(
          keyBytes <= Entry.KEY_BYTES_MAX,
          "a key of %d bytes is too long: %d are allowed",
          keyBytes,
          Entry.KEY_BYTES_MAX);
      require(
          valueBytes <= Entry.VALUE_BYTES_MAX,
          "a value of %d bytes is too long: %d are allowed",
          valueBytes,
          Entry.VALUE_BYTES_MAX);
      StoredValue written = StoredValue.of(value, compression);
      entries.add(new StoredEntry(entry.key(), written, entry.expiry()));
    }
    return entries;
  }

  /// The bytes of its frame.
  ///
  /// @throws IllegalArgumentException if it is too large
  static long frameBytes(List<StoredEntry> entries, boolean encrypted, int batchSizeBytesMax) {
    long sizeBytes = FrameHeader.BYTES;
    for (StoredEntry entry : entries) {
      sizeBytes += entry.sizeBytes(encrypted);
    }
    require(
        sizeBytes <= batchSizeBytesMax,
        "a batch of %d bytes is too large: %d are allowed",
        sizeBytes,
        batchSizeBytesMax);
    return sizeBytes;
  }
}
