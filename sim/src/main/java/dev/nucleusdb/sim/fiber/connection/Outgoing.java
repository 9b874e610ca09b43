package dev.nucleusdb.sim.fiber.connection;

import dev.nucleusdb.core.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The sending half of a stream: keeps what has not been acknowledged and sends all of it again
/// when nothing is heard for a while.
final class Outgoing {
  private static final int PATIENCE_MAX = 16;

  private final ByteStream stream;
  private final StreamOptions options;
  private final Queue<Segment> unacknowledged = new ArrayDeque<>();
  private Timers.@Nullable Timer timer;
  private long nextOffset;
  private int keptBytes;
  private int patience = 1;
  private long silentNanos;
  private boolean isFinished;

  Outgoing(ByteStream stream, StreamOptions options) {
    this.stream = stream;
    this.options = options;
  }

  boolean hasRoom(int bytes) {
    return keptBytes + bytes <= options.bufferMax();
  }

  /// Whether it has been told that nothing more comes.
  boolean isFinished() {
    return isFinished;
  }

  /// Whether everything has been acknowledged.
  boolean isEmpty() {
    return unacknowledged.isEmpty();
  }

  void data(byte[] bytes) {
    keptBytes += bytes.length;
    add(new Segment(Segment.Kind.DATA, stream.isConnector(), stream.number(), nextOffset, bytes));
  }

  void finish() {
    if (!isFinished) {
      isFinished = true;
      add(Segment.empty(Segment.Kind.FIN, stream.isConnector(), stream.number(), nextOffset));
    }
  }

  private void add(Segment segment) {
    nextOffset = segment.end();
    unacknowledged.add(segment);
    stream.send(segment);
    arm();
  }

  /// The other side has everything up to here.
  ///
  /// @param hasRoom whether it had to refuse something, and would take it now
  void acknowledged(long offset, boolean hasRoom) {
    silentNanos = 0;
    boolean progress = false;
    while (!unacknowledged.isEmpty() && unacknowledged.element().end() <= offset) {
      keptBytes -= unacknowledged.remove().bytes().length;
      progress = true;
    }
    if (progress) {
      patience = 1;
      disarm();
      arm();
    }
    if (hasRoom) {
      unacknowledged.forEach(stream::send);
    }
  }

  private void arm() {
    if (timer == null && !unacknowledged.isEmpty()) {
      Duration wait = options.repeatAfter().multipliedBy(patience);
      timer = stream.after(wait, () -> repeat(wait));
    }
  }

  private void repeat(Duration waited) {
    timer = null;
    silentNanos += waited.toNanos();
    if (silentNanos >= options.giveUpAfter().toNanos()) {
      stream.fail(StreamException.Kind.SILENT);
      return;
    }
    patience = Math.min(2 * patience, PATIENCE_MAX);
    unacknowledged.forEach(stream::send);
    arm();
  }

  /// Sends nothing more.
  void disarm() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
