package dev.nucleusdb.bitcask.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What is known of a sealed file, the payload of its last frame; 80 bytes, little endian:
///
/// ```
///    0  u64  entries
///    8  u64  bytes of all entries
///   16  u64  bytes of tombstones
///   24  u64  bytes of entries that expire
///   32  u64  lowest sequence number       the highest there is if there is no entry
///   40  u64  highest sequence number      0 if there is no entry
///   48  u64  highest sequence number of a tombstone, or 0
///   56  u64  latest expiry                0 if none expires
///   64  u64  content checksum             of the frames' checksums, in order
///   72  u64  0
/// ```
///
/// @param entryCount entries
/// @param entryBytes bytes of all entries
/// @param tombstoneBytes bytes of tombstones
/// @param expiringBytes bytes of entries that expire
/// @param lowestSequence lowest sequence number
/// @param highestSequence highest sequence number
/// @param highestTombstone highest sequence number of a tombstone
/// @param latestExpiry when the last of them expires
/// @param contentChecksum tells this content from any other under the same name
public record Footer(
    long entryCount,
    long entryBytes,
    long tombstoneBytes,
    long expiringBytes,
    long lowestSequence,
    long highestSequence,
    long highestTombstone,
    long latestExpiry,
    long contentChecksum) {
  /// Bytes of the payload.
  public static final int BYTES = 80;

  /// Bytes of the whole frame, which is the last of its file.
  public static final int FRAME_BYTES = FrameHeader.BYTES + BYTES;

  public void write(ByteBuffer into) {
    into.putLong(entryCount)
        .putLong(entryBytes)
        .putLong(tombstoneBytes)
        .putLong(expiringBytes)
        .putLong(lowestSequence)
        .putLong(highestSequence)
        .putLong(highestTombstone)
        .putLong(latestExpiry)
        .putLong(contentChecksum)
        .putLong(0);
  }

  public static Footer read(byte[] bytes, int at) {
    ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(at);
    return new Footer(
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong());
  }
}
