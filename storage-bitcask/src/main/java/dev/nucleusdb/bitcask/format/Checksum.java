package dev.nucleusdb.bitcask.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// CRC-32C (Castagnoli; RFC 3720 appendix B.4) of a place and the bytes that belong there. The
/// place, file id and offset as two little-endian 64-bit numbers, is in front of the bytes: a
/// record that was written, or is read, somewhere else fails its check although every bit of it is
/// right.
public final class Checksum {
  private final CRC32C crc = new CRC32C();
  private final byte[] place = new byte[16];
  private final ByteBuffer placeBuffer = ByteBuffer.wrap(place).order(ByteOrder.LITTLE_ENDIAN);

  /// The checksum of `length` bytes from `from`, bound to a place.
  public int of(long fileId, long offset, byte[] bytes, int from, int length) {
    begin(fileId, offset);
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /// The checksum of what remains in a buffer, which is consumed, bound to a place.
  public int of(long fileId, long offset, ByteBuffer bytes) {
    begin(fileId, offset);
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private void begin(long fileId, long offset) {
    placeBuffer.putLong(0, fileId).putLong(8, offset);
    crc.reset();
    crc.update(place, 0, place.length);
  }

  /// The checksum of bytes that belong to no place.
  public static int of(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
