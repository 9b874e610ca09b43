package dev.nucleusdb.bitcask.segment;

import dev.nucleusdb.core.disk.CorruptionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The head of a data file, 32 bytes, little endian:
///
/// ```
///    0  8 bytes  magic "NUCLBITC"
///    8  u32      format version, 1
///   12  u32      0
///   16  u64      file id, never given twice
///   24  u32      0
///   28  u32      crc32c of bytes 0..27
/// ```
final class FileHeader {
  /// Bytes of a data file's head.
  static final int BYTES = 32;

  private static final byte[] MAGIC = "NUCLBITC".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int VERSION_OFFSET = 8;
  private static final int FILE_ID_OFFSET = 16;
  private static final int CHECKSUM_OFFSET = 28;

  private FileHeader() {}

  static ByteBuffer encode(long fileId) {
    byte[] bytes = new byte[BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(0, MAGIC).putInt(VERSION_OFFSET, VERSION).putLong(FILE_ID_OFFSET, fileId);
    buffer.putInt(CHECKSUM_OFFSET, Checksum.of(bytes, 0, CHECKSUM_OFFSET));
    return buffer;
  }

  /// @throws CorruptionException if these are not the first bytes of that file
  static void verify(String path, byte[] bytes, int length, long fileId) {
    if (length < BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new CorruptionException(path, 0, "this is not the head of a data file");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.getInt(CHECKSUM_OFFSET) != Checksum.of(bytes, 0, CHECKSUM_OFFSET)) {
      throw new CorruptionException(path, 0, "the checksum of the file's head is wrong");
    }
    int version = buffer.getInt(VERSION_OFFSET);
    if (version != VERSION) {
      throw new CorruptionException(
          path, VERSION_OFFSET, "format version " + version + " is not known, only " + VERSION);
    }
    long found = buffer.getLong(FILE_ID_OFFSET);
    if (found != fileId) {
      throw new CorruptionException(
          path, FILE_ID_OFFSET, "the head names file " + found + ", not " + fileId);
    }
  }
}
