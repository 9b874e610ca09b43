package dev.nucleusdb.sim.fiber.connection;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.sim.fiber.FiberSignal;
import dev.nucleusdb.sim.fiber.Fibers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An ordered stream of bytes to another host and back, as a socket is: every byte arrives once and
/// in order, or the stream breaks. Each direction is closed by itself. A peer that crashed is
/// silent until it is up again, and then resets the stream; a peer behind a partition is silent:
/// who only reads learns nothing of either, so put a timeout on it.
public final class ByteStream {
  /// What [#read] returns at the end.
  public static final int END = -1;

  private final Fibers fibers;
  private final Address peer;
  private final boolean isConnector;
  private final long number;
  private final StreamOptions options;
  private final Outgoing outgoing;
  private final Incoming incoming;
  private final FiberSignal changed;
  private StreamException.@Nullable Kind failure;
  private boolean isOpen;

  ByteStream(Fibers fibers, Address peer, boolean isConnector, long number, StreamOptions options) {
    this.fibers = fibers;
    this.peer = peer;
    this.isConnector = isConnector;
    this.number = number;
    this.options = options;
    this.outgoing = new Outgoing(this, options);
    this.incoming = new Incoming(options);
    this.changed = fibers.signal();
    this.isOpen = !isConnector;
  }

  /// The other side.
  public Address peer() {
    return peer;
  }

  /// Writes all bytes; waits while the other side is too slow.
  ///
  /// @throws StreamException if the stream is broken, or this side has closed its output
  public void write(byte[] bytes) throws StreamException {
    int from = 0;
    while (from < bytes.length) {
      int size = Math.min(options.segmentMax(), bytes.length - from);
      while (failure == null && !outgoing.isFinished() && !outgoing.hasRoom(size)) {
        changed.await();
      }
      checkFailure();
      if (outgoing.isFinished()) {
        throw new StreamException(StreamException.Kind.CLOSED, "output to " + peer + " is closed");
      }
      byte[] part = new byte[size];
      System.arraycopy(bytes, from, part, 0, size);
      outgoing.data(part);
      from += size;
    }
  }

  /// Reads what is there, waits if there is nothing.
  ///
  /// @return how many bytes were read, or [#END] if the other side has closed its output
  /// @throws StreamException if the stream is broken; what had arrived before is read first
  public int read(byte[] target) throws StreamException {
    return readUntil(target, Long.MAX_VALUE);
  }

  /// As [#read(byte\[\])], for a while.
  ///
  /// @return 0 if nothing came
  public int read(byte[] target, Duration timeout) throws StreamException {
    return readUntil(target, changed.deadline(timeout));
  }

  private int readUntil(byte[] target, long deadlineNanos) throws StreamException {
    while (incoming.isEmpty()) {
      if (incoming.isAtEnd()) {
        return END;
      }
      checkFailure();
      if (!changed.awaitUntil(deadlineNanos)) {
        return 0;
      }
    }
    int count = incoming.read(target);
    if (incoming.announcesRoom()) {
      sendEmpty(Segment.Kind.ROOM, incoming.expected());
    }
    return count;
  }

  /// Fills the target.
  ///
  /// @return false if the stream ended before
  /// @throws StreamException as [#read(byte\[\])]
  public boolean readFully(byte[] target) throws StreamException {
    int count = 0;
    while (count < target.length) {
      byte[] rest = new byte[target.length - count];
      int some = read(rest);
      if (some == END) {
        return false;
      }
      System.arraycopy(rest, 0, target, count, some);
      count += some;
    }
    return true;
  }

  /// Writes no more: the other side comes to its [#END] after what was written. Reading goes on.
  public void closeOutput() {
    if (failure == null) {
      outgoing.finish();
    }
  }

  /// Breaks the stream off; the other side hears of it if the network brings it there.
  public void reset() {
    if (failure == null) {
      sendEmpty(Segment.Kind.RESET, 0);
      fail(StreamException.Kind.CLOSED);
    }
  }

  /// Waits until the other side has everything that was written.
  ///
  /// @return false if it took too long
  /// @throws StreamException if the stream is broken
  public boolean flush(Duration timeout) throws StreamException {
    long deadlineNanos = changed.deadline(timeout);
    boolean inTime = true;
    while (inTime && failure == null && !outgoing.isEmpty()) {
      inTime = changed.awaitUntil(deadlineNanos);
    }
    checkFailure();
    return outgoing.isEmpty();
  }

  private void checkFailure() throws StreamException {
    StreamException.Kind kind = failure;
    if (kind != null) {
      throw new StreamException(kind, "the stream to " + peer + " is broken: " + kind);
    }
  }

  /// Asks for the connection until it is granted.
  void connect(int port, Duration timeout) throws StreamException {
    long deadlineNanos = changed.deadline(timeout);
    long patienceNanos = options.repeatAfter().toNanos();
    while (!isOpen && failure == null && fibers.nowNanos() < deadlineNanos) {
      sendEmpty(Segment.Kind.OPEN, port);
      changed.awaitUntil(Math.min(deadlineNanos, fibers.nowNanos() + patienceNanos));
    }
    if (!isOpen && failure == null) {
      fail(StreamException.Kind.SILENT);
    }
    if (!isOpen && failure == StreamException.Kind.RESET) {
      failure = StreamException.Kind.REFUSED;
    }
    checkFailure();
  }

  /// A segment of the other side.
  void receive(Segment segment) {
    if (failure != null) {
      if (segment.kind() != Segment.Kind.RESET) {
        sendEmpty(Segment.Kind.RESET, 0);
      }
      return;
    }
    switch (segment.kind()) {
      case OPEN -> sendEmpty(Segment.Kind.OPENED, 0);
      case OPENED -> isOpen = true;
      case DATA, FIN -> {
        incoming.take(segment);
        sendEmpty(Segment.Kind.ACK, incoming.expected());
      }
      case ACK -> outgoing.acknowledged(segment.offset(), false);
      case ROOM -> outgoing.acknowledged(segment.offset(), true);
      case RESET -> fail(StreamException.Kind.RESET);
    }
    changed.signalAll();
  }

  /// The stream is broken from now on.
  void fail(StreamException.Kind kind) {
    failure = kind;
    outgoing.disarm();
    changed.signalAll();
  }

  /// Whether both sides have closed and nothing is owed.
  boolean isOver() {
    return failure != null
        || (outgoing.isFinished() && outgoing.isEmpty() && incoming.isFinished());
  }

  private void sendEmpty(Segment.Kind kind, long offset) {
    send(Segment.empty(kind, isConnector, number, offset));
  }

  void send(Segment segment) {
    fibers.post().send(peer, segment.encode(peer));
  }

  Timers.Timer after(Duration duration, Runnable callback) {
    return fibers.after(duration, callback);
  }

  boolean isConnector() {
    return isConnector;
  }

  long number() {
    return number;
  }
}
