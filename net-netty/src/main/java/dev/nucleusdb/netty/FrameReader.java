package dev.nucleusdb.netty;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// Cuts a stream of bytes into the frames of [Frame]. A message stands at the beginning of an array
/// of [MessageArrays]. New memory for it grows with what has arrived, not with what its length
/// claims.
final class FrameReader {
  private static final int FIRST_BYTES = 64 * 1024;
  private static final long GROWTH = 4;
  private static final byte[] NONE = new byte[0];

  /// Who is told of what was read.
  interface Sink {
    void handshake(Handshake handshake) throws ProtocolException;

    /// @param bytes to be given back to [MessageArrays]; the message stands at its beginning
    /// @param size its length
    void message(byte[] bytes, int size);

    void ping();

    void pong();
  }

  private final int maxMessageBytes;
  private final MessageArrays arrays;
  private final Sink sink;
  private boolean greeted;

  /// Bytes of the length that have been read, and what they say so far.
  private int lengthBytesRead;

  private int length;

  /// What has come of the message that is being read.
  private byte[] body = NONE;

  private int bodyBytesRead;

  FrameReader(int maxMessageBytes, MessageArrays arrays, Sink sink) {
    this.maxMessageBytes = maxMessageBytes;
    this.arrays = arrays;
    this.sink = sink;
  }

  /// Whether the handshake has been read.
  boolean isGreeted() {
    return greeted;
  }

  /// Reads all bytes of `bytes`.
  ///
  /// @throws ProtocolException at the first that does not belong
  void read(ByteBuf bytes) throws ProtocolException {
    while (bytes.isReadable()) {
      if (lengthBytesRead < Frame.LENGTH_BYTES) {
        readLength(bytes);
      } else {
        readBody(bytes);
      }
    }
  }

  private void readLength(ByteBuf bytes) throws ProtocolException {
    if (lengthBytesRead == 0 && bytes.readableBytes() >= Frame.LENGTH_BYTES) {
      length = bytes.readInt();
      lengthBytesRead = Frame.LENGTH_BYTES;
    } else {
      length = (length << 8) | bytes.readUnsignedByte();
      lengthBytesRead++;
    }
    if (lengthBytesRead == Frame.LENGTH_BYTES) {
      beginBody();
    }
  }

  private void beginBody() throws ProtocolException {
    if (!greeted) {
      if (length < Frame.HANDSHAKE_BYTES_MIN
          || length > Frame.HANDSHAKE_BYTES_MIN + Frame.ADDRESS_BYTES_MAX) {
        throw ProtocolException.notOurs();
      }
    } else if (length == Frame.PING) {
      lengthBytesRead = 0;
      sink.ping();
      return;
    } else if (length == Frame.PONG) {
      lengthBytesRead = 0;
      sink.pong();
      return;
    } else if (length < 0 || length > maxMessageBytes) {
      throw new ProtocolException(
          "a message of "
              + Integer.toUnsignedString(length)
              + " bytes was announced, and "
              + maxMessageBytes
              + " are allowed");
    }
    bodyBytesRead = 0;
    if (length == 0) {
      endBody();
    }
  }

  private void readBody(ByteBuf bytes) throws ProtocolException {
    int count = Math.min(bytes.readableBytes(), length - bodyBytesRead);
    reserve(bodyBytesRead + count);
    bytes.readBytes(body, bodyBytesRead, count);
    bodyBytesRead += count;
    if (bodyBytesRead == length) {
      endBody();
    }
  }

  private void reserve(int needed) {
    if (body.length >= needed) {
      return;
    }
    long grown = Math.max(Math.max(needed, FIRST_BYTES), body.length * GROWTH);
    byte[] larger = arrays.take(arrays.hasKept(length) ? length : (int) Math.min(length, grown));
    System.arraycopy(body, 0, larger, 0, bodyBytesRead);
    arrays.giveBack(body);
    body = larger;
  }

  private void endBody() throws ProtocolException {
    byte[] whole = body;
    body = NONE;
    lengthBytesRead = 0;
    if (greeted) {
      sink.message(whole, length);
    } else {
      greeted = true;
      byte[] handshake = Arrays.copyOf(whole, length);
      arrays.giveBack(whole);
      sink.handshake(Handshake.read(handshake));
    }
  }

  /// What the message takes that is being read.
  int bodyBytes() {
    return body.length;
  }
}
