package dev.nucleusdb.sim.fiber;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import java.time.Duration;
import java.util.List;

/// One protocol, written twice: every node waits a random time, sends its neighbour a number, and
/// answers each number that it receives with the next one, for a few rounds.
final class PingPong {
  private static final TraceKind SENT = TraceKind.of("ping.sent", "value");
  private static final TraceKind RECEIVED = TraceKind.of("ping.received", "value");
  private static final int NODES = 3;
  private static final int PAUSE_NANOS = 20_000_000;
  private static final byte LAST = 5;

  private PingPong() {}

  /// Prints the digests of the seeds asked for, for another JVM to compare.
  public static void main(String[] seeds) {
    for (String seed : seeds) {
      World world = withFibers(Long.parseLong(seed));
      world.run();
      System.out.println(world.digest());
    }
  }

  static WorldOptions options(long seed) {
    return WorldOptions.wild(seed).lasting(Duration.ofSeconds(6), Duration.ofSeconds(2));
  }

  static World withFibers(long seed) {
    World world = new World(options(seed));
    for (int i = 1; i <= NODES; i++) {
      world.addProgram(new NodeId(i), address(i), PingPong::run);
    }
    return world;
  }

  static World withCallbacks(long seed) {
    World world = new World(options(seed));
    for (int i = 1; i <= NODES; i++) {
      world.addNode(new NodeId(i), address(i), Callbacks::new);
    }
    return world;
  }

  private static Address address(int i) {
    return new Address("n" + i);
  }

  private static Address neighbour(Address self) {
    int number = Integer.parseInt(self.name().substring(1));
    return address(number % NODES + 1);
  }

  private static void run(Fibers fibers) {
    fibers.start("pinger", () -> ping(fibers));
    while (true) {
      Letter letter = fibers.post().receive();
      byte value = letter.bytes()[0];
      fibers.trace().event(RECEIVED, value, 0, 0);
      if (value < LAST) {
        send(fibers, letter.from(), (byte) (value + 1));
      }
    }
  }

  private static void ping(Fibers fibers) {
    while (true) {
      fibers.sleep(Duration.ofNanos(fibers.random().nextInt(PAUSE_NANOS)));
      send(fibers, neighbour(fibers.address()), (byte) 1);
    }
  }

  private static void send(Fibers fibers, Address to, byte value) {
    fibers.trace().event(SENT, value, 0, 0);
    fibers.post().send(to, new byte[] {value});
  }

  /// The same without a thread to block.
  private record Callbacks(NodeContext context) implements Node {
    @Override
    public void start() {
      context.network().receive(this::receive);
      sleep();
    }

    private void sleep() {
      long now = context.clock().monotonicNanos();
      context.timers().at(now + context.random().nextInt(PAUSE_NANOS), this::ping);
    }

    private void ping() {
      send(neighbour(context.network().self()), (byte) 1);
      sleep();
    }

    private void receive(Address from, byte[] message) {
      byte value = message[0];
      context.trace().event(RECEIVED, value, 0, 0);
      if (value < LAST) {
        send(from, (byte) (value + 1));
      }
    }

    private void send(Address to, byte value) {
      context.trace().event(SENT, value, 0, 0);
      context.network().send(to, new byte[] {value});
    }

    @Override
    public void stop() {}
  }

  /// The seeds that are compared.
  static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L);
}
