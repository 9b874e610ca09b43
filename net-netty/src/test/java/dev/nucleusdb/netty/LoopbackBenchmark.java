package dev.nucleusdb.netty;

import dev.nucleusdb.core.network.Address;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Messages per second between two endpoints on loopback. Run by hand; not a test.
final class LoopbackBenchmark {
  private static final long SECONDS = 3;

  private LoopbackBenchmark() {}

  /// Prints a line per figure; each is measured after a warm-up of the same length.
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    for (boolean measured : new boolean[] {false, true}) {
      for (int size : new int[] {100, 4096, 1 << 20}) {
        String oneWay = oneWay(size);
        String one = pingPong(size, 1);
        String many = pingPong(size, size > 100_000 ? 4 : 64);
        if (measured) {
          System.out.println(oneWay);
          System.out.println(one);
          System.out.println(many);
        }
      }
    }
  }

  private static String oneWay(int size) {
    AtomicLong count = new AtomicLong();
    try (Endpoint sender = Endpoint.node();
        Endpoint receiver = Endpoint.node()) {
      receiver.receive((from, message) -> count.lazySet(count.get() + 1));
      byte[] message = new byte[size];
      Address to = receiver.address();
      long end = System.nanoTime() + SECONDS * 1_000_000_000;
      sender.thread.run(() -> {
        while (System.nanoTime() < end) {
          if (!sender.network.send(to, message)) {
            LockSupport.parkNanos(100_000);
          }
        }
      });
      return line("one way", size, count.get());
    }
  }

  private static String pingPong(int size, int inFlight) {
    AtomicLong count = new AtomicLong();
    try (Endpoint client = Endpoint.client(NettyOptions.DEFAULT);
        Endpoint server = Endpoint.node()) {
      server.receive((from, message) -> server.network.send(from, message));
      client.receive((from, message) -> {
        count.lazySet(count.get() + 1);
        client.network.send(from, message);
      });
      for (int i = 0; i < inFlight; i++) {
        client.send(server.address(), new byte[size]);
      }
      Await.pause(SECONDS * 1000);
      return line("ping-pong, " + inFlight + " in flight", size, count.get());
    }
  }

  private static String line(String what, int size, long count) {
    return String.format(
        "%-28s %8d bytes %10d messages/s %8.1f MiB/s",
        what, size, count / SECONDS, (double) count / SECONDS * size / (1 << 20));
  }
}
