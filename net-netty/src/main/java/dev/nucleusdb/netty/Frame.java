package dev.nucleusdb.netty;

/// The bytes of a connection. All numbers are big-endian.
///
/// ```
///   connection := handshake frame*
///   handshake  := length:int32 magic:int32 version:int16 address:utf8    length counts what follows it
///   frame      := length:int32 byte[length]                              a message, 0 to maxMessageBytes
///               | -1:int32                                               ping: asks for a pong
///               | -2:int32                                               pong
/// ```
///
/// Both sides begin with a handshake; the side that has dialled sends its messages only once it has
/// read the other's. The address is the one under which the sender can be dialled, `host:port`, and
/// empty for a client.
final class Frame {
  /// `NUCL`.
  static final int MAGIC = 0x4e55434c;

  static final short VERSION = 1;

  /// Of a length field.
  static final int LENGTH_BYTES = 4;

  /// Of a handshake without its address.
  static final int HANDSHAKE_BYTES_MIN = 6;

  /// A host name has at most 253 bytes, a port 5.
  static final int ADDRESS_BYTES_MAX = 260;

  static final int PING = -1;
  static final int PONG = -2;

  private Frame() {}
}
