package dev.nucleusdb.bitcask.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// CRC-32C (Castagnoli; RFC 3720 appendix B.4) of a place and the bytes that belong there. The
/// place, file id and offset as two little-endian 64-bit numbers, is in front of the bytes: a
/// record that was written, or is read, somewhere else fails its check although every bit of it is
/// right.
public final class Checksum {
  /// Bytes of a place.
  public static final int PLACE_BYTES = 16;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final CRC32C crc = new CRC32C();
  private final byte[] place = new byte[PLACE_BYTES];
  private final ByteBuffer placeBuffer = ByteBuffer.wrap(place).order(ByteOrder.LITTLE_ENDIAN);

  /// The checksum of `length` bytes from `from`, bound to a place.
  public int of(long fileId, long offset, byte[] bytes, int from, int length) {
    begin(fileId, offset);
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /// The checksum of `length` bytes that stand behind room for their place, bound to it.
  ///
  /// @param bytes from [#PLACE_BYTES] on; what is in front is overwritten
  public int ofPlaced(long fileId, long offset, byte[] bytes, int length) {
    LONGS.set(bytes, 0, fileId);
    LONGS.set(bytes, Long.BYTES, offset);
    crc.reset();
    crc.update(bytes, 0, PLACE_BYTES + length);
    return (int) crc.getValue();
  }

  /// As [#of], in one go: the place stands in front of the bytes while they are summed up, and what
  /// stood there is put back.
  ///
  /// @param from at least [#PLACE_BYTES]
  public int ofBehind(long fileId, long offset, byte[] bytes, int from, int length) {
    int front = from - PLACE_BYTES;
    long first = (long) LONGS.get(bytes, front);
    long second = (long) LONGS.get(bytes, front + Long.BYTES);
    LONGS.set(bytes, front, fileId);
    LONGS.set(bytes, front + Long.BYTES, offset);
    crc.reset();
    crc.update(bytes, front, PLACE_BYTES + length);
    LONGS.set(bytes, front, first);
    LONGS.set(bytes, front + Long.BYTES, second);
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
