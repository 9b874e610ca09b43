package dev.nucleusdb.sim.fiber.connection;

import java.util.ArrayDeque;
import java.util.Queue;

/// The receiving half of a stream: takes what comes in order and fits, refuses the rest, which will
/// come again.
final class Incoming {
  private final StreamOptions options;
  private final Queue<byte[]> parts = new ArrayDeque<>();
  private int firstUsed;
  private int waitingBytes;
  private long expected;
  private boolean isFinished;
  private boolean hasRefused;

  Incoming(StreamOptions options) {
    this.options = options;
  }

  /// The place up to which everything has arrived.
  long expected() {
    return expected;
  }

  /// Whether the other side will write no more, and everything was read.
  boolean isAtEnd() {
    return isFinished && parts.isEmpty();
  }

  /// Whether the end has arrived.
  boolean isFinished() {
    return isFinished;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /// Takes a segment, or not.
  ///
  /// @return whether anything is new
  boolean take(Segment segment) {
    if (segment.offset() != expected || isFinished) {
      return false;
    }
    if (segment.kind() == Segment.Kind.FIN) {
      isFinished = true;
    } else if (waitingBytes + segment.bytes().length > options.bufferMax()) {
      hasRefused = true;
      return false;
    } else {
      parts.add(segment.bytes());
      waitingBytes += segment.bytes().length;
    }
    expected = segment.end();
    return true;
  }

  /// Moves bytes that have arrived to the reader.
  ///
  /// @return how many
  int read(byte[] target) {
    int count = 0;
    while (count < target.length && !parts.isEmpty()) {
      byte[] part = parts.element();
      int some = Math.min(part.length - firstUsed, target.length - count);
      System.arraycopy(part, firstUsed, target, count, some);
      count += some;
      firstUsed += some;
      if (firstUsed == part.length) {
        parts.remove();
        firstUsed = 0;
      }
    }
    waitingBytes -= count;
    return count;
  }

  /// Whether the other side should hear that there is room; asked after reading.
  boolean announcesRoom() {
    boolean announces = hasRefused && waitingBytes <= options.bufferMax() / 2;
    hasRefused &= !announces;
    return announces;
  }
}
