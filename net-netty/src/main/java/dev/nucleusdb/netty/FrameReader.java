package dev.nucleusdb.netty;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// Cuts a stream of bytes into the frames of [Frame]. A message is handed over in an array of its
/// own length. Memory for it grows with what has arrived, not with what its length claims: a
/// message that comes in parts is gathered in an array that serves many of them.
///
/// ```
///   wholly there   ──────────────────────► array of its length
///   in parts       ──► [gathered] ──copy──► array of its length
///   over 256 KiB   ──► [gathered], grown to its length and handed over itself
/// ```
final class FrameReader {
  private static final int FIRST_BYTES = 64 * 1024;
  private static final int KEPT_BYTES = 256 * 1024;
  private static final long GROWTH = 4;
  private static final byte[] NONE = new byte[0];

  /// Who is told of what was read.
  interface Sink {
    void handshake(Handshake handshake) throws ProtocolException;

    void message(byte[] message);

    void ping();

    void pong();
  }

  private final int maxMessageBytes;
  private final Sink sink;
  private boolean greeted;

  /// Bytes of the length that have been read, and what they say so far.
  private int lengthBytesRead;

  private int length;

  /// What has come of a message that comes in parts; kept for those that follow.
  private byte[] gathered = NONE;

  private int bodyBytesRead;

  FrameReader(int maxMessageBytes, Sink sink) {
    this.maxMessageBytes = maxMessageBytes;
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
      endBody(NONE);
    }
  }

  /// Nothing was read for long: keeps no room for parts of messages, unless there is one.
  void rest() {
    if (lengthBytesRead < Frame.LENGTH_BYTES) {
      gathered = NONE;
    }
  }

  /// What it keeps for messages that come in parts.
  int gatheredBytes() {
    return gathered.length;
  }

  private void readBody(ByteBuf bytes) throws ProtocolException {
    if (bodyBytesRead == 0 && bytes.readableBytes() >= length) {
      byte[] whole = new byte[length];
      bytes.readBytes(whole);
      endBody(whole);
      return;
    }
    int count = Math.min(bytes.readableBytes(), length - bodyBytesRead);
    reserve(bodyBytesRead + count);
    bytes.readBytes(gathered, bodyBytesRead, count);
    bodyBytesRead += count;
    if (bodyBytesRead == length) {
      endBody(takeGathered());
    }
  }

  private void reserve(int needed) {
    if (gathered.length < needed) {
      long grown = Math.max(Math.max(needed, FIRST_BYTES), gathered.length * GROWTH);
      gathered = Arrays.copyOf(gathered, (int) Math.min(Math.max(length, KEPT_BYTES), grown));
    }
  }

  private byte[] takeGathered() {
    if (length <= KEPT_BYTES) {
      return Arrays.copyOf(gathered, length);
    }
    byte[] whole = gathered;
    gathered = NONE;
    return whole;
  }

  private void endBody(byte[] whole) throws ProtocolException {
    lengthBytesRead = 0;
    if (greeted) {
      sink.message(whole);
    } else {
      greeted = true;
      sink.handshake(Handshake.read(whole));
    }
  }
}
