package dev.nucleusdb.sim.fiber.connection;

import dev.nucleusdb.sim.fiber.FiberChannel;
import dev.nucleusdb.sim.fiber.Fibers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A port where others connect.
public final class Listener {
  private final FiberChannel<ByteStream> backlog;

  Listener(Fibers fibers, StreamOptions options) {
    this.backlog = fibers.channel(options.backlogMax());
  }

  /// Waits for the next connection.
  public ByteStream accept() {
    return backlog.take();
  }

  /// Waits for the next connection, for a while.
  ///
  /// @return null if none came
  public @Nullable ByteStream accept(Duration timeout) {
    return backlog.take(timeout);
  }

  boolean offer(ByteStream stream) {
    return backlog.offer(stream);
  }
}
