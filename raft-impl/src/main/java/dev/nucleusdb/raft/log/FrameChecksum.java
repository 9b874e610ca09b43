package dev.nucleusdb.raft.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// The checksum of a frame, which covers its place too. For one thread.
final class FrameChecksum {
  private static final int PLACE_BYTES = 3 * Long.BYTES;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer place = ByteBuffer.allocate(PLACE_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /// @param bytes an array's
  /// @param start where the frame is in them
  /// @param length of its body
  /// @param segment in which segment it stands
  /// @param offset where in the segment
  int of(ByteBuffer bytes, int start, int length, long segment, long offset) {
    place.putLong(0, segment).putLong(8, offset).putLong(16, length);
    crc.reset();
    crc.update(place.array(), 0, PLACE_BYTES);
    int body = bytes.arrayOffset() + start + WalFormat.FRAME_HEADER_BYTES;
    crc.update(bytes.array(), body, length);
    return (int) crc.getValue();
  }
}
