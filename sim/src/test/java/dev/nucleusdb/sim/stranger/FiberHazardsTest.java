package dev.nucleusdb.sim.stranger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fiber.FiberLock;
import dev.nucleusdb.sim.fiber.FiberProgram;
import dev.nucleusdb.sim.fiber.Fibers;
import dev.nucleusdb.sim.trace.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the JDK offers to blocking code and a world cannot have: each stops the world and is named
/// with the fiber and the line.
// Careless code is what is tested here.
@SuppressWarnings({"WaitNotInLoop", "LockNotBeforeTry", "ThreadPriorityCheck"})
class FiberHazardsTest {
  private final World world = new World(WorldOptions.calm(1));

  private void assertStopped(String invariant, FiberProgram program, String... words) {
    world.addProgram(new NodeId(1), new Address("n1"), program);
    Violation violation = Objects.requireNonNull(world.run());
    assertThat(violation.invariant()).as(violation.detail()).isEqualTo(invariant);
    assertThat(violation.detail()).contains("n1/", "FiberHazardsTest.java:");
    assertThat(List.of(words)).allMatch(violation.detail()::contains, violation.detail());
    assertThat(world.nowNanos()).isEqualTo(violation.atNanos());
  }

  @Test
  void sleeping_by_the_real_clock() {
    assertStopped("fiber-real-clock", fibers -> Thread.sleep(60_000), "n1/main");
  }

  @Test
  void waiting_for_a_lock_of_the_jdk_with_a_timeout() {
    CountDownLatch never = new CountDownLatch(1);
    assertStopped("fiber-real-clock", fibers -> never.await(60, TimeUnit.SECONDS));
  }

  @Test
  void waiting_for_a_monitor_with_a_timeout() {
    Object monitor = new Object();
    assertStopped(
        "fiber-real-clock",
        fibers -> {
          synchronized (monitor) {
            monitor.wait(60_000);
          }
        });
  }

  @Test
  void waiting_for_a_monitor_without_a_timeout() {
    Object monitor = new Object();
    assertStopped(
        "fiber-foreign-wait",
        fibers -> {
          synchronized (monitor) {
            monitor.wait();
          }
        });
  }

  @Test
  void waiting_for_a_queue_that_nobody_can_fill() {
    ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
    assertStopped("fiber-foreign-wait", fibers -> queue.take(), "FiberChannel");
  }

  @Test
  void waiting_for_a_lock_of_the_jdk_that_another_fiber_holds() {
    ReentrantLock lock = new ReentrantLock();
    assertStopped(
        "fiber-foreign-wait",
        fibers -> {
          fibers.start("holder", () -> holdFor(lock, fibers));
          fibers.pass();
          lock.lock();
        },
        "n1/main",
        "FiberLock");
  }

  private static void holdFor(ReentrantLock lock, Fibers fibers) {
    lock.lock();
    fibers.sleep(Duration.ofSeconds(1));
    lock.unlock();
  }

  @Test
  void entering_a_monitor_that_another_fiber_holds() {
    Object monitor = new Object();
    assertStopped(
        "fiber-monitor",
        fibers -> {
          fibers.start(
              "holder",
              () -> {
                synchronized (monitor) {
                  fibers.sleep(Duration.ofSeconds(1));
                }
              });
          fibers.pass();
          synchronized (monitor) {
            fibers.pass();
          }
        },
        "n1/main",
        "FiberLock");
  }

  /// Waits while it is initialized, which cannot be left.
  private static final class WaitsInItsInitializer {
    static @Nullable Fibers fibers;

    static final class Trap {
      static final long AFTER = sleep();

      private static long sleep() {
        Objects.requireNonNull(fibers).sleep(Duration.ofSeconds(1));
        return 1;
      }
    }
  }

  @Test
  void waiting_where_the_thread_is_pinned() {
    assertStopped(
        "fiber-pinned",
        fibers -> {
          WaitsInItsInitializer.fibers = fibers;
          assertThat(WaitsInItsInitializer.Trap.AFTER).isPositive();
        },
        "Trap.sleep");
  }

  @Test
  void two_fibers_that_wait_for_each_others_lock() {
    assertStopped(
        "fiber-deadlock",
        fibers -> {
          FiberLock left = fibers.lock();
          FiberLock right = fibers.lock();
          fibers.start("left", () -> takeBoth(fibers, left, right));
          fibers.start("right", () -> takeBoth(fibers, right, left));
        },
        "n1/right",
        "held by n1/left",
        "takeBoth");
  }

  private static void takeBoth(Fibers fibers, FiberLock first, FiberLock second) {
    first.lock();
    fibers.sleep(Duration.ofMillis(1));
    second.lock();
  }

  @Test
  void a_future_that_a_foreign_thread_completes() {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    assertStopped("fiber-foreign-wait", fibers -> future.get());
    future.complete(1);
  }

  @Test
  void a_foreign_thread_that_resumes_a_fiber() {
    List<Throwable> thrown = new ArrayList<>();
    world.addProgram(
        new NodeId(1),
        new Address("n1"),
        fibers -> {
          Thread self = Thread.currentThread();
          Thread intruder =
              new Thread(
                  () -> {
                    while (self.getState() != Thread.State.WAITING) {
                      Thread.onSpinWait();
                    }
                    try {
                      LockSupport.unpark(self);
                    } catch (IllegalStateException refused) {
                      thrown.add(refused);
                    }
                  },
                  "intruder");
          intruder.start();
          while (thrown.isEmpty() && intruder.isAlive()) {
            LockSupport.park();
          }
        });
    world.run();
    assertThat(String.valueOf(world.violation()))
        .containsAnyOf("foreign-thread", "fiber-foreign-wait")
        .contains("FiberHazardsTest.java:");
  }

  @Test
  void a_foreign_thread_that_gives_to_a_fiber() throws InterruptedException {
    List<String> refused = new ArrayList<>();
    world.addProgram(
        new NodeId(1),
        new Address("n1"),
        fibers -> {
          var channel = fibers.<Integer>channel(1);
          Thread intruder =
              new Thread(
                  () -> {
                    try {
                      channel.offer(1);
                    } catch (IllegalStateException refusal) {
                      refused.add(String.valueOf(refusal.getMessage()));
                    }
                  },
                  "intruder");
          intruder.start();
          while (intruder.isAlive()) {
            Thread.onSpinWait();
          }
          fibers.sleep(Duration.ofSeconds(1));
        });
    assertThat(String.valueOf(world.run()))
        .contains("foreign-thread", "\"intruder\"", "FiberHazardsTest.java:");
    assertThat(refused).hasSize(1);
  }

  @Test
  void a_monitor_that_a_thread_outside_of_the_world_holds_is_no_hazard() throws Exception {
    Object monitor = new Object();
    AtomicBoolean held = new AtomicBoolean();
    AtomicBoolean waits = new AtomicBoolean();
    Thread outside =
        new Thread(() -> {
          synchronized (monitor) {
            held.set(true);
            while (!waits.get()) {
              Thread.onSpinWait();
            }
            LockSupport.parkNanos(50_000_000);
          }
        });
    outside.start();
    while (!held.get()) {
      Thread.onSpinWait();
    }
    List<Long> entered = new ArrayList<>();
    world.addProgram(
        new NodeId(1),
        new Address("n1"),
        fibers -> {
          waits.set(true);
          synchronized (monitor) {
            entered.add(world.nowNanos());
          }
        });
    assertThat(world.run()).isNull();
    assertThat(entered).containsExactly(0L);
    outside.join();
  }

  @Test
  void yielding_is_no_hazard_and_yielding_for_ever_is_a_storm() {
    world.addProgram(new NodeId(1), new Address("n1"), fibers -> Thread.yield());
    assertThat(world.run()).isNull();

    World storm = new World(WorldOptions.calm(1).withEventsPerSecondMax(1_000));
    storm.addProgram(
        new NodeId(1),
        new Address("n1"),
        fibers -> {
          while (fibers.count() > 0) {
            Thread.yield();
          }
        });
    assertThat(String.valueOf(storm.run())).contains("event-budget");
  }
}
