package dev.nucleusdb.netty;

import dev.nucleusdb.core.network.Outgoing;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Messages that wait to be written to one connection. Filled by any thread, emptied by the node's
/// in chunks: small messages share one buffer, large ones are cut over many, so that the memory
/// beside the queue is a chunk or two. Those that are not bytes yet become bytes in the chunk; only
/// what is larger than a chunk is made an array of first.
final class Outbox {
  /// A ping, a pong, and the length of a message.
  static final int CONTROL_BYTES_MAX = 3 * Frame.LENGTH_BYTES;

  private final int messagesMax;
  private final long bytesMax;
  private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean drainScheduled;
  private boolean closed;
  private boolean pingWaits;
  private boolean pongWaits;

  /// The message that is being cut, and how much of it and its length has been written.
  private byte @Nullable [] current;

  private int currentBytesWritten;

  Outbox(int messagesMax, long bytesMax) {
    this.messagesMax = messagesMax;
    this.bytesMax = bytesMax;
  }

  /// What became of a message that was put in.
  enum Put {
    /// It does not fit, or the box is closed.
    REFUSED,
    /// It waits, and somebody is about to look.
    WAITS,
    /// It waits, and the caller has to have the node's thread look.
    SCHEDULE
  }

  synchronized Put put(Outgoing message) {
    boolean full =
        waiting.size() >= messagesMax
            || (waitingBytes > 0 && waitingBytes + message.size() > bytesMax);
    if (closed || full) {
      return Put.REFUSED;
    }
    waiting.add(message);
    waitingBytes += message.size();
    if (drainScheduled) {
      return Put.WAITS;
    }
    drainScheduled = true;
    return Put.SCHEDULE;
  }

  /// Has a ping written before the next message. On the node's thread, which drains afterwards.
  synchronized void putPing() {
    pingWaits = true;
  }

  /// Has a pong written before the next message. On the node's thread, which drains afterwards.
  synchronized void putPong() {
    pongWaits = true;
  }

  /// Whether a ping waits behind a message that is being written.
  synchronized boolean pingWaits() {
    return pingWaits;
  }

  /// How many bytes there are to write, at most `bytesMax`.
  synchronized int bytesToWrite(int bytesMax) {
    long bytes = waitingBytes + (long) waiting.size() * Frame.LENGTH_BYTES;
    if (current != null) {
      bytes += current.length - Math.max(0, currentBytesWritten);
    }
    boolean nothing = bytes == 0 && !pingWaits && !pongWaits && current == null;
    return nothing ? 0 : (int) Math.min(bytesMax, bytes + CONTROL_BYTES_MAX + 1);
  }

  /// What was put from now on has to be scheduled anew.
  synchronized void drainBegins() {
    drainScheduled = false;
  }

  synchronized int waitingCount() {
    return waiting.size();
  }

  synchronized long waitingBytes() {
    return waitingBytes;
  }

  /// Takes no more; what waits is dropped.
  synchronized void close() {
    closed = true;
    waiting.clear();
    waitingBytes = 0;
    current = null;
  }

  /// Writes as much as fits into `chunk`, larger than [#CONTROL_BYTES_MAX].
  ///
  /// @return whether anything was written
  synchronized boolean fill(ByteBuf chunk) {
    int before = chunk.writerIndex();
    while (chunk.writableBytes() > CONTROL_BYTES_MAX && writeNext(chunk)) {
      // Until it is full, or nothing fits.
    }
    return chunk.writerIndex() > before;
  }

  /// Goes on with the message that is being cut, or begins the next, whole if it fits.
  ///
  /// @return false if there is none, or it waits for a chunk of its own
  private boolean writeNext(ByteBuf chunk) {
    if (current != null) {
      writePart(chunk, current);
      return true;
    }
    writeControl(chunk);
    Outgoing next = waiting.peek();
    boolean fits = next != null && Frame.LENGTH_BYTES + next.size() <= chunk.writableBytes();
    boolean whole = next instanceof Outgoing.Whole;
    if (next == null || (!fits && !whole && chunk.writerIndex() > CONTROL_BYTES_MAX)) {
      return false;
    }
    waiting.remove();
    waitingBytes -= next.size();
    if (fits) {
      chunk.writeInt(next.size());
      next.writeTo(chunk.nioBuffer(chunk.writerIndex(), next.size()));
      chunk.writerIndex(chunk.writerIndex() + next.size());
    } else {
      current = next.toBytes();
      currentBytesWritten = -1;
    }
    return true;
  }

  private void writePart(ByteBuf chunk, byte[] message) {
    if (currentBytesWritten < 0) {
      chunk.writeInt(message.length);
      currentBytesWritten = 0;
    }
    int count = Math.min(chunk.writableBytes(), message.length - currentBytesWritten);
    chunk.writeBytes(message, currentBytesWritten, count);
    currentBytesWritten += count;
    if (currentBytesWritten == message.length) {
      current = null;
    }
  }

  private void writeControl(ByteBuf chunk) {
    if (pingWaits) {
      pingWaits = false;
      chunk.writeInt(Frame.PING);
    }
    if (pongWaits) {
      pongWaits = false;
      chunk.writeInt(Frame.PONG);
    }
  }
}
