package dev.nucleusdb.sim.fiber;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.CrashMode;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Fibers of dead nodes are garbage: their threads, and all that their stacks hold.
class AbandonedFibersTest {
  private static final int CRASHES = 500;
  private static final int FIBERS = 10;
  private static final int STACK_BYTES = 100_000;
  private static final long PERIOD_NANOS = 10_000_000;

  private final List<WeakReference<Thread>> threads = new ArrayList<>();
  private final World world = new World(WorldOptions.calm(7));

  /// Waits in as many ways as there are, with much on its stack.
  private void waitSomehow(Fibers fibers, FiberLock lock, int way) {
    byte[] heavy = new byte[STACK_BYTES];
    threads.add(new WeakReference<>(Thread.currentThread()));
    switch (way % 4) {
      case 0 -> fibers.sleep(Duration.ofDays(1));
      case 1 -> lock.lock();
      case 2 -> fibers.post().receive();
      default -> lock.tryLock(Duration.ofDays(1));
    }
    heavy[0] = 1;
  }

  @Test
  void a_world_of_many_crashes_does_not_grow() {
    NodeId id = new NodeId(1);
    world.addProgram(
        id,
        new Address("n1"),
        fibers -> {
          FiberLock lock = fibers.lock();
          lock.lock();
          for (int i = 0; i < FIBERS; i++) {
            int way = i;
            fibers.start("waits", () -> waitSomehow(fibers, lock, way));
          }
          fibers.sleep(Duration.ofDays(1));
        });
    for (int i = 1; i <= CRASHES; i++) {
      world.schedule(
          i * PERIOD_NANOS,
          () -> {
            world.node(id).crash("test", CrashMode.KEEP, new SplitMix(1));
            world.node(id).start();
          });
    }
    assertThat(world.run(CRASHES * PERIOD_NANOS + 1)).isNull();
    assertThat(threads).hasSize((CRASHES + 1) * FIBERS);
    assertThat(reachable()).isLessThanOrEqualTo(FIBERS);
  }

  private long reachable() {
    long count = Long.MAX_VALUE;
    for (int i = 0; i < 20 && count > FIBERS; i++) {
      System.gc();
      count = threads.stream().filter(thread -> thread.get() != null).count();
    }
    return count;
  }
}
