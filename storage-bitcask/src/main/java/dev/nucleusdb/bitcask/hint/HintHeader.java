package dev.nucleusdb.bitcask.hint;

import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.StoreId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The head of a hint, 72 bytes, little endian:
///
/// ```
///    0  8 bytes  magic "NUCLHINT"
///    8  u32      format version, 1
///   12  u32      count of blocks
///   16  16 bytes store id
///   32  u64      file id of the data file
///   40  u64      length of the data file
///   48  u64      content checksum of the data file
///   56  u64      lowest sequence number in the data file
///   64  u32      entries in all blocks
///   68  u32      crc32c of bytes 0..67
/// ```
///
/// @param blockCount blocks that follow
/// @param storeId of the store
/// @param fileId of the data file
/// @param sizeBytes length of the data file
/// @param contentChecksum of the data file
/// @param lowestSequence in the data file
/// @param entryCount entries in all blocks
record HintHeader(
    int blockCount,
    StoreId storeId,
    long fileId,
    long sizeBytes,
    long contentChecksum,
    long lowestSequence,
    int entryCount) {
  static final int BYTES = 72;

  private static final byte[] MAGIC = "NUCLHINT".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int CHECKED_BYTES = 68;

  /// Whether it is of this data file with this content.
  ///
  /// @param data what is known of the data file
  boolean belongsTo(StoreId store, long dataFileId, long dataBytes, Footer data) {
    return storeId.equals(store)
        && fileId == dataFileId
        && sizeBytes == dataBytes
        && contentChecksum == data.contentChecksum()
        && entryCount >= 0
        && entryCount <= data.entryCount();
  }

  byte[] encode() {
    byte[] bytes = new byte[BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).putInt(VERSION).putInt(blockCount);
    buffer.putLong(storeId.high()).putLong(storeId.low());
    buffer.putLong(fileId).putLong(sizeBytes).putLong(contentChecksum);
    buffer.putLong(lowestSequence).putInt(entryCount);
    buffer.putInt(Checksum.of(bytes, 0, CHECKED_BYTES));
    return bytes;
  }

  /// The head at the beginning of `bytes`, or null if none stands there.
  static @Nullable HintHeader decode(byte[] bytes) {
    if (bytes.length < BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.getInt(CHECKED_BYTES) != Checksum.of(bytes, 0, CHECKED_BYTES)
        || buffer.getInt(8) != VERSION) {
      return null;
    }
    buffer.position(12);
    return new HintHeader(
        buffer.getInt(),
        new StoreId(buffer.getLong(), buffer.getLong()),
        buffer.getLong(),
        buffer.getLong(),
        buffer.getLong(),
        buffer.getLong(),
        buffer.getInt());
  }
}
