package dev.nucleusdb.sim.fiber.connection;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One message of a stream.
///
/// ```
///   message = 0xf2 · kind (1) · side (1: 1 from who connected, 0 from who accepted)
///           · stream (8) · offset (8) · bytes
/// ```
///
/// @param kind what it is for
/// @param fromConnector which side sent it
/// @param stream the stream's number, drawn by who connected
/// @param offset in `OPEN` the port; in `DATA` and `FIN` the place of the first byte; in `ACK` and
///   `ROOM` the place up to which everything has arrived
/// @param bytes what is carried; empty but in `DATA`
record Segment(Kind kind, boolean fromConnector, long stream, long offset, byte[] bytes) {
  /// The first byte of all messages of streams.
  static final byte CHANNEL = (byte) 0xf2;

  private static final int HEADER_BYTES = 19;
  private static final byte[] NOTHING = new byte[0];

  /// What a segment is for.
  enum Kind {
    /// Asks for a connection to a port.
    OPEN(0),
    /// Grants it.
    OPENED(1),
    /// Carries bytes.
    DATA(2),
    /// The sender writes no more; takes one place of the offsets.
    FIN(3),
    /// Everything up to the offset has arrived.
    ACK(4),
    /// As `ACK`, and there is room again: what was refused may be sent again now.
    ROOM(5),
    /// The stream is broken.
    RESET(6);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    static @Nullable Kind of(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return null;
    }
  }

  static Segment empty(Kind kind, boolean fromConnector, long stream, long offset) {
    return new Segment(kind, fromConnector, stream, offset, NOTHING);
  }

  /// The offset behind it.
  long end() {
    return offset + (kind == Kind.FIN ? 1 : bytes.length);
  }

  byte[] encode() {
    return ByteBuffer.allocate(HEADER_BYTES + bytes.length)
        .put(CHANNEL)
        .put(kind.code)
        .put((byte) (fromConnector ? 1 : 0))
        .putLong(stream)
        .putLong(offset)
        .put(bytes)
        .array();
  }

  /// @return null if it is no segment
  static @Nullable Segment decode(byte[] message) {
    Kind kind = message.length < HEADER_BYTES ? null : Kind.of(message[1]);
    if (kind == null) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(message);
    byte[] bytes = new byte[message.length - HEADER_BYTES];
    header.get(HEADER_BYTES, bytes);
    return new Segment(
        kind, message[2] == 1, header.getLong(3), header.getLong(3 + Long.BYTES), bytes);
  }
}
