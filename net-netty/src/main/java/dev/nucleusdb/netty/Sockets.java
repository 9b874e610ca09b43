package dev.nucleusdb.netty;

import dev.nucleusdb.core.system.Reactor;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// An event loop that has no thread of its own: the node's thread waits in it. All but [#wakeUp] is
/// called on that thread, which alone touches the connections; what other threads wish of one is
/// queued in the loop, which they wake.
final class Sockets implements Reactor {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ManualIoEventLoop loop;

  /// Who has something to write, in that order; each is here once since it wrote last.
  private final ArrayDeque<Link> writers = new ArrayDeque<>();

  /// @param thread the only one that will poll
  Sockets(Thread thread) {
    this.loop = new ManualIoEventLoop(thread, NioIoHandler.newFactory());
  }

  ManualIoEventLoop loop() {
    return loop;
  }

  /// Has a link write what it holds, with all others that have something. On the node's thread.
  void writeSoon(Link link) {
    writers.add(link);
  }

  /// Has all links write that have something. On the node's thread.
  void flush() {
    Link writer = writers.poll();
    while (writer != null) {
      writer.drain();
      writer = writers.poll();
    }
  }

  /// Waits in whole milliseconds, as selectors do: less than one would be spent asking again and
  /// again.
  @Override
  public void poll(long waitNanosMax) {
    flush();
    if (waitNanosMax <= 0) {
      loop.runNow();
    } else if (waitNanosMax == Long.MAX_VALUE) {
      loop.run(0);
    } else {
      loop.run((waitNanosMax + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI * NANOS_PER_MILLI);
    }
  }

  /// By a task: the loop looks for tasks before it waits, while a mere wake-up by the node's own
  /// thread, which has come here to write, would be ignored.
  @Override
  public void wakeUp() {
    try {
      loop.execute(() -> {});
    } catch (RejectedExecutionException _) {
      // It is closing, and waits no more.
    }
  }

  @Override
  public void close() {
    flush();
    var _ = loop.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
  }
}
