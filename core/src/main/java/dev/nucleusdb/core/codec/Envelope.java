package dev.nucleusdb.core.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// The frame of a message between nodes: `channel (1) · version (1) · crc32c (4, little endian) ·
/// body`. The checksum covers channel, version and body, so that a message that arrives damaged, or
/// in a version that this node does not speak, is told apart from one that is merely odd.
public final class Envelope {
  /// Bytes in front of the body.
  public static final int HEADER_BYTES = 6;

  private static final int CHECKSUM_OFFSET = 2;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Envelope() {}

  /// A message with room for a body of `bodyBytes` at [#HEADER_BYTES]; [#seal] it once it is
  /// filled.
  public static byte[] allocate(byte channel, byte version, int bodyBytes) {
    byte[] message = new byte[HEADER_BYTES + bodyBytes];
    message[0] = channel;
    message[1] = version;
    return message;
  }

  /// Writes the checksum of a filled message and returns it.
  public static byte[] seal(byte[] message) {
    INT.set(message, CHECKSUM_OFFSET, checksum(message, 0, message.length));
    return message;
  }

  /// Begins a message where `into` stands: its body follows, and then [#seal(ByteBuffer, int)].
  ///
  /// @return where it begins
  public static int begin(ByteBuffer into, byte channel, byte version) {
    int start = into.position();
    into.put(channel).put(version).position(start + HEADER_BYTES);
    return start;
  }

  /// Writes the checksum of a message that ends where `into` stands.
  ///
  /// @param start from [#begin]
  public static void seal(ByteBuffer into, int start) {
    int end = into.position();
    int limit = into.limit();
    CRC32C crc = new CRC32C();
    crc.update(into.get(start));
    crc.update(into.get(start + 1));
    crc.update(into.position(start + HEADER_BYTES).limit(end));
    into.limit(limit);
    int checksum = (int) crc.getValue();
    boolean little = into.order() == ByteOrder.LITTLE_ENDIAN;
    into.putInt(start + CHECKSUM_OFFSET, little ? checksum : Integer.reverseBytes(checksum));
  }

  /// Whether a received message is whole and of the version asked for.
  public static boolean isIntact(byte[] message, byte version) {
    return isIntact(message, 0, message.length, version);
  }

  /// As above, for a message that stands in an array with others.
  public static boolean isIntact(byte[] bytes, int offset, int size, byte version) {
    return isOfVersion(bytes, offset, size, version)
        && (int) INT.get(bytes, offset + CHECKSUM_OFFSET) == checksum(bytes, offset, size);
  }

  /// Whether a message is of the version asked for: for one that is known to be whole, because it
  /// came within another that is.
  public static boolean isOfVersion(byte[] bytes, int offset, int size, byte version) {
    return size >= HEADER_BYTES && bytes[offset + 1] == version;
  }

  private static int checksum(byte[] bytes, int offset, int size) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, CHECKSUM_OFFSET);
    crc.update(bytes, offset + HEADER_BYTES, size - HEADER_BYTES);
    return (int) crc.getValue();
  }
}
