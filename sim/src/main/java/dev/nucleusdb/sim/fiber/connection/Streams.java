package dev.nucleusdb.sim.fiber.connection;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fiber.Fibers;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The byte streams of one host: listens, connects, and leads segments to their streams. A segment
/// of a stream that nobody here knows is answered by a reset, which is how others learn of a crash.
/// Streams that are over linger until room is needed, to acknowledge what comes again.
public final class Streams {
  private final Fibers fibers;
  private final StreamOptions options;
  private final RandomSource numbers;
  private final Map<Integer, Listener> listeners = new LinkedHashMap<>();
  private final Map<Key, ByteStream> streams = new LinkedHashMap<>();

  /// Which stream.
  ///
  /// @param peer the other side
  /// @param isConnector whether this side connected
  /// @param number drawn by who connected
  private record Key(Address peer, boolean isConnector, long number) {}

  /// With the defaults.
  ///
  /// @throws IllegalArgumentException if the host has streams already
  public Streams(Fibers fibers) {
    this(fibers, StreamOptions.DEFAULT);
  }

  /// @throws IllegalArgumentException if the host has streams already
  public Streams(Fibers fibers, StreamOptions options) {
    this.fibers = fibers;
    this.options = options;
    this.numbers = fibers.random().fork("streams");
    fibers.post().claim(Segment.CHANNEL, this::receive);
  }

  /// Lets others connect to a port.
  ///
  /// @throws IllegalArgumentException if somebody listens there already
  public Listener listen(int port) {
    Listener listener = new Listener(fibers, options);
    require(listeners.putIfAbsent(port, listener) == null, "port %d is taken", port);
    return listener;
  }

  /// Connects to a port of another host.
  ///
  /// @throws StreamException if nobody listens there, or nobody answers in time
  public ByteStream connect(Address peer, int port, Duration timeout) throws StreamException {
    makeRoom();
    ByteStream stream = new ByteStream(fibers, peer, true, numbers.nextLong(), options);
    Key key = new Key(peer, true, stream.number());
    streams.put(key, stream);
    try {
      stream.connect(port, timeout);
    } catch (StreamException failure) {
      streams.remove(key);
      throw failure;
    }
    return stream;
  }

  private void makeRoom() {
    if (!hasRoom()) {
      throw new IllegalStateException(
          fibers.address() + " has " + options.streamsMax() + " streams already");
    }
  }

  /// Whether there is room for a stream, after those that are over have made some.
  private boolean hasRoom() {
    Iterator<ByteStream> oldest = streams.values().iterator();
    while (streams.size() >= options.streamsMax() && oldest.hasNext()) {
      if (oldest.next().isOver()) {
        oldest.remove();
      }
    }
    return streams.size() < options.streamsMax();
  }

  private void receive(Address from, byte[] message) {
    Segment segment = Segment.decode(fibers.address(), message);
    if (segment == null) {
      return;
    }
    Key key = new Key(from, !segment.fromConnector(), segment.stream());
    ByteStream stream = streams.get(key);
    if (stream == null && segment.kind() == Segment.Kind.OPEN) {
      stream = admit(key, (int) segment.offset());
      if (stream == null) {
        return;
      }
    }
    if (stream != null) {
      stream.receive(segment);
    } else if (segment.kind() != Segment.Kind.RESET) {
      reset(key);
    }
  }

  private @Nullable ByteStream admit(Key key, int port) {
    Listener listener = listeners.get(port);
    if (listener == null || !hasRoom()) {
      reset(key);
      return null;
    }
    ByteStream stream = new ByteStream(fibers, key.peer, false, key.number, options);
    if (!listener.offer(stream)) {
      return null;
    }
    streams.put(key, stream);
    return stream;
  }

  private void reset(Key key) {
    Segment reset = Segment.empty(Segment.Kind.RESET, key.isConnector, key.number, 0);
    fibers.post().send(key.peer, reset.encode(key.peer));
  }
}
