package dev.nucleusdb.netty;

import static dev.nucleusdb.core.assertion.Assertions.require;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The first frame of either side; its bytes are in [Frame].
///
/// @param address where the sender can be dialled; empty for a client
record Handshake(String address) {
  Handshake {
    require(
        address.getBytes(StandardCharsets.UTF_8).length <= Frame.ADDRESS_BYTES_MAX,
        "the address %s is longer than %d bytes",
        address,
        Frame.ADDRESS_BYTES_MAX);
  }

  void write(ByteBuf to) {
    byte[] name = address.getBytes(StandardCharsets.UTF_8);
    to.writeInt(Frame.HANDSHAKE_BYTES_MIN + name.length);
    to.writeInt(Frame.MAGIC).writeShort(Frame.VERSION).writeBytes(name);
  }

  /// @param body what follows the length
  /// @throws ProtocolException if the other side speaks something else
  static Handshake read(byte[] body) throws ProtocolException {
    ByteBuffer bytes = ByteBuffer.wrap(body);
    if (bytes.getInt() != Frame.MAGIC) {
      throw ProtocolException.notOurs();
    }
    short version = bytes.getShort();
    if (version != Frame.VERSION) {
      throw new ProtocolException(
          "it speaks version " + version + " and this node version " + Frame.VERSION);
    }
    try {
      String address = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      if (!address.isEmpty()) {
        HostPort.parse(address);
      }
      return new Handshake(address);
    } catch (CharacterCodingException | IllegalArgumentException _) {
      throw new ProtocolException("its handshake names no address");
    }
  }
}
