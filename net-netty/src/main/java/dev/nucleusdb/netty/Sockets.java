package dev.nucleusdb.netty;

import dev.nucleusdb.core.system.Reactor;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;

/// An event loop that has no thread of its own: the node's thread waits in it.
final class Sockets implements Reactor {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ManualIoEventLoop loop;

  /// @param thread the only one that will poll
  Sockets(Thread thread) {
    this.loop = new ManualIoEventLoop(thread, NioIoHandler.newFactory());
  }

  ManualIoEventLoop loop() {
    return loop;
  }

  /// Waits in whole milliseconds, as selectors do: less than one would be spent asking again and
  /// again.
  @Override
  public void poll(long waitNanosMax) {
    if (waitNanosMax <= 0) {
      loop.runNow();
    } else if (waitNanosMax == Long.MAX_VALUE) {
      loop.run(0);
    } else {
      loop.run((waitNanosMax + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI * NANOS_PER_MILLI);
    }
  }

  @Override
  public void wakeUp() {
    loop.wakeup();
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
  }
}
