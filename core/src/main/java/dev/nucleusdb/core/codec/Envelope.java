package dev.nucleusdb.core.codec;

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
    header(message).putInt(CHECKSUM_OFFSET, checksum(message));
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
    int bodyBytes = into.position() - start - HEADER_BYTES;
    CRC32C crc = new CRC32C();
    crc.update(into.slice(start, CHECKSUM_OFFSET));
    crc.update(into.slice(start + HEADER_BYTES, bodyBytes));
    int checksum = Integer.reverseBytes((int) crc.getValue());
    into.slice(start + CHECKSUM_OFFSET, Integer.BYTES).putInt(checksum);
  }

  /// Whether a received message is whole and of the version asked for.
  public static boolean isIntact(byte[] message, byte version) {
    return message.length >= HEADER_BYTES
        && message[1] == version
        && header(message).getInt(CHECKSUM_OFFSET) == checksum(message);
  }

  private static ByteBuffer header(byte[] message) {
    return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(byte[] message) {
    CRC32C crc = new CRC32C();
    crc.update(message, 0, CHECKSUM_OFFSET);
    crc.update(message, HEADER_BYTES, message.length - HEADER_BYTES);
    return (int) crc.getValue();
  }
}
