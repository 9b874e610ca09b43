package dev.nucleusdb.cli.bench;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.Kernel;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Worlds without a product in them: what the simulator itself costs.
final class BareWorlds {
  private static final int WAITING = 1_000;

  private BareWorlds() {}

  /// Runs so many events that do nothing but schedule the next one, with a thousand waiting.
  static void kernel(int events) {
    Kernel kernel = new Kernel(Long.MAX_VALUE, Long.MAX_VALUE);
    int[] left = {events};
    for (int i = 0; i < WAITING; i++) {
      long step = 1_000 + 7L * i;
      kernel.schedule(
          i,
          new Runnable() {
            @Override
            public void run() {
              kernel.executed(EventKind.TASK, step, 0);
              if (left[0]-- > 0) {
                kernel.schedule(kernel.nowNanos() + step, this);
              }
            }
          });
    }
    kernel.run(Long.MAX_VALUE - 1);
  }

  /// Five nodes that pass messages on as fast as they come, and write and sync what they receive.
  ///
  /// @return how many events there were
  static long networkAndDisk(int events) {
    World world =
        new World(
            WorldOptions.calm(1)
                .lasting(Duration.ofHours(10), Duration.ZERO)
                .withEventsPerSecondMax(Long.MAX_VALUE));
    for (int i = 1; i <= 5; i++) {
      Address next = new Address("n" + (i % 5 + 1));
      world.addNode(new NodeId(i), new Address("n" + i), context -> new Relay(context, next));
    }
    long untilNanos = 1_000_000_000;
    while (world.eventCount() < events) {
      world.run(untilNanos);
      untilNanos += 1_000_000_000;
    }
    return world.eventCount();
  }

  private static final class Relay implements Node {
    private static final int TOKENS = 20;
    private static final int MESSAGE_BYTES = 100;
    private static final long FILE_BYTES_MAX = 1 << 20;

    private final NodeContext context;
    private final Address next;
    private @Nullable DiskFile file;
    private boolean syncing;

    Relay(NodeContext context, Address next) {
      this.context = context;
      this.next = next;
    }

    @Override
    public void start() {
      file = context.disk().open("log", Disk.OpenMode.CREATE);
      context.network().receive((from, message) -> pass(message));
      for (int i = 0; i < TOKENS; i++) {
        context.network().send(next, new byte[MESSAGE_BYTES]);
      }
    }

    private void pass(byte[] message) {
      DiskFile log = file;
      if (log != null) {
        if (log.sizeBytes() > FILE_BYTES_MAX) {
          log.truncate(0);
        }
        log.append(ByteBuffer.wrap(message));
        if (!syncing) {
          syncing = true;
          log.sync(failure -> syncing = false);
        }
      }
      context.network().send(next, message);
    }

    @Override
    public void stop() {}
  }
}
