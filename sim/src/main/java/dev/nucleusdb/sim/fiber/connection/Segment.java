package dev.nucleusdb.sim.fiber.connection;

import dev.nucleusdb.core.network.Address;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One message of a stream.
///
/// ```
///   body of a Parcel 0xf2 = kind (1) · side (1: 1 from who connected, 0 from who accepted)
///                         · stream (8) · offset (8) · bytes
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

  private static final int HEADER_BYTES = 18;
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

  byte[] encode(Address to) {
    byte[] body =
        ByteBuffer.allocate(HEADER_BYTES + bytes.length)
            .put(kind.code)
            .put((byte) (fromConnector ? 1 : 0))
            .putLong(stream)
            .putLong(offset)
            .put(bytes)
            .array();
    return Parcel.seal(CHANNEL, to, body);
  }

  /// @param self who received the message
  /// @return null if it is no segment, damaged, or for somebody else
  static @Nullable Segment decode(Address self, byte[] message) {
    ByteBuffer body = Parcel.open(self, message);
    Kind kind = body == null || body.remaining() < HEADER_BYTES ? null : Kind.of(body.get());
    if (body == null || kind == null) {
      return null;
    }
    boolean fromConnector = body.get() == 1;
    long stream = body.getLong();
    long offset = body.getLong();
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return new Segment(kind, fromConnector, stream, offset, bytes);
  }
}
