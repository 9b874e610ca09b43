package dev.nucleusdb.sim.fiber.connection;

import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.trace.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What every message of this package travels in. Networks flip bits and bring messages to somebody
/// else; a parcel that is damaged or not for us is as good as lost.
///
/// ```
///   message = channel (1) · version (1) · checksum (4) · receiver (8, fingerprint of its name) · body
/// ```
final class Parcel {
  private static final byte VERSION = 1;
  private static final int RECEIVER_BYTES = Long.BYTES;
  private static final int BODY_OFFSET = Envelope.HEADER_BYTES + RECEIVER_BYTES;

  private Parcel() {}

  /// A message with a body, ready to be sent.
  static byte[] seal(byte channel, Address to, byte[] body) {
    byte[] message = Envelope.allocate(channel, VERSION, RECEIVER_BYTES + body.length);
    ByteBuffer.wrap(message).putLong(Envelope.HEADER_BYTES, fingerprint(to)).put(BODY_OFFSET, body);
    return Envelope.seal(message);
  }

  /// The body of a message that was received.
  ///
  /// @return null if it is damaged, or meant for somebody else
  static @Nullable ByteBuffer open(Address self, byte[] message) {
    if (message.length < BODY_OFFSET || !Envelope.isIntact(message, VERSION)) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(message);
    return bytes.getLong(Envelope.HEADER_BYTES) == fingerprint(self)
        ? bytes.position(BODY_OFFSET).slice()
        : null;
  }

  private static long fingerprint(Address address) {
    return Digest.hash(address.name().getBytes(StandardCharsets.UTF_8));
  }
}
