package dev.nucleusdb.bitcask.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The value of a key whose value is large: where its parts stand, 24 bytes, little endian:
///
/// ```
///    0  u64  id           part of the keys of its parts; no other large value has it
///    8  u64  bytes        of the value
///   16  u32  parts
///   20  u32  crc32c of the value
/// ```
///
/// @param id part of the keys of its parts
/// @param sizeBytes of the value
/// @param partCount how many parts it has
/// @param checksum of the value
public record Reference(long id, long sizeBytes, int partCount, int checksum) {
  /// Its bytes.
  public static final int BYTES = 24;

  /// What is written as the value of the key.
  public StoredValue stored() {
    return StoredValue.reference(
        ByteBuffer.allocate(BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(id)
            .putLong(sizeBytes)
            .putInt(partCount)
            .putInt(checksum)
            .array());
  }

  /// The reference that begins at `at`; null if it is none.
  public static @Nullable Reference read(byte[] bytes, int at, int length) {
    if (length != BYTES) {
      return null;
    }
    ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(at);
    return new Reference(from.getLong(), from.getLong(), from.getInt(), from.getInt());
  }
}
