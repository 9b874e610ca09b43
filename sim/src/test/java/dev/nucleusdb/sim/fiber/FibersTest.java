package dev.nucleusdb.sim.fiber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.Plan;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Blocking code in a world.
class FibersTest {
  private final World world = new World(WorldOptions.calm(7));
  private final List<String> seen = new ArrayList<>();

  private void program(int id, FiberProgram program) {
    world.addProgram(new NodeId(id), new Address("n" + id), program);
  }

  private void tell(Fibers fibers, String words) {
    seen.add(world.nowNanos() / 1_000_000 + "ms " + fibers.address() + " " + words);
  }

  @Test
  void a_fiber_sleeps_by_the_worlds_time_and_sends_a_message() {
    program(
        1,
        fibers -> {
          fibers.sleep(Duration.ofMillis(40));
          tell(fibers, "slept");
          fibers.post().send(new Address("n2"), new byte[] {1, 2, 3});
        });
    program(
        2,
        fibers -> {
          Letter letter = fibers.post().receive();
          tell(fibers, "got " + letter.bytes().length + " from " + letter.from());
        });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("40ms n1 slept", "41ms n2 got 3 from n1");
  }

  @Test
  void a_lock_goes_to_whoever_has_waited_longest_and_may_be_held_while_waiting() {
    program(
        1,
        fibers -> {
          FiberLock lock = fibers.lock();
          for (int i = 1; i <= 3; i++) {
            String name = "worker " + i;
            fibers.start(
                name,
                () ->
                    lock.with(() -> {
                      lock.lock();
                      tell(fibers, name);
                      fibers.sleep(Duration.ofMillis(10));
                      lock.unlock();
                    }));
          }
        });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("0ms n1 worker 1", "10ms n1 worker 2", "20ms n1 worker 3");
  }

  @Test
  void a_lock_that_was_handed_on_is_waited_for_before_its_new_owner_has_run() {
    program(
        1,
        fibers -> {
          FiberLock lock = fibers.lock();
          lock.lock();
          fibers.start("next", () -> lock.with(() -> tell(fibers, "next")));
          fibers.pass();
          lock.unlock();
          lock.lock();
          tell(fibers, "again");
          lock.unlock();
        });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("0ms n1 next", "0ms n1 again");
  }

  @Test
  void a_lock_that_does_not_come_free_is_not_waited_for_longer_than_asked() {
    program(
        1,
        fibers -> {
          FiberLock lock = fibers.lock();
          fibers.start("holder", () -> lock.with(() -> fibers.sleep(Duration.ofMillis(50))));
          fibers.pass();
          tell(fibers, "taken " + lock.tryLock(Duration.ofMillis(20)));
          tell(fibers, "taken " + lock.tryLock(Duration.ofMillis(100)));
        });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("20ms n1 taken false", "50ms n1 taken true");
  }

  @Test
  void a_condition_lets_go_of_its_lock_and_takes_it_again() {
    program(
        1,
        fibers -> {
          FiberLock lock = fibers.lock();
          FiberCondition ready = lock.newCondition();
          fibers.start(
              "waiter",
              () ->
                  lock.with(() -> {
                    tell(fibers, "timed out " + !ready.await(Duration.ofMillis(5)));
                    ready.await();
                    tell(fibers, "woken");
                  }));
          fibers.sleep(Duration.ofMillis(10));
          lock.lock();
          ready.signal();
          fibers.sleep(Duration.ofMillis(10));
          tell(fibers, "unlocks");
          lock.unlock();
        });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("5ms n1 timed out true", "20ms n1 unlocks", "20ms n1 woken");
  }

  @Test
  void a_channel_holds_whoever_puts_into_it_when_it_is_full() {
    program(
        1,
        fibers -> {
          FiberChannel<Integer> channel = fibers.channel(2);
          Fiber producer =
              fibers.start(
                  "producer",
                  () -> {
                    for (int i = 1; i <= 4; i++) {
                      channel.put(i);
                      tell(fibers, "put " + i);
                    }
                  });
          fibers.sleep(Duration.ofMillis(10));
          tell(fibers, "took " + channel.take());
          producer.join(Duration.ofMillis(5));
          tell(fibers, "took " + channel.take() + " " + channel.take() + " " + channel.take());
          producer.join();
          tell(fibers, "nothing " + channel.take(Duration.ofMillis(5)));
        });
    assertThat(world.run()).isNull();
    assertThat(seen)
        .containsExactly(
            "0ms n1 put 1",
            "0ms n1 put 2",
            "10ms n1 took 1",
            "10ms n1 put 3",
            "15ms n1 put 4",
            "15ms n1 took 2 3 4",
            "20ms n1 nothing null");
  }

  @Test
  void a_promise_is_kept_by_a_callback_or_broken_or_late() {
    program(
        1,
        fibers -> {
          Promise<String> kept = fibers.promise();
          Promise<String> broken = fibers.promise();
          fibers.timers().at(fibers.nowNanos() + 10_000_000, () -> kept.complete("a value"));
          tell(fibers, "too early " + kept.await(Duration.ofMillis(5)));
          tell(fibers, kept.await());
          fibers.start("breaker", () -> broken.fail(new IllegalStateException("no")));
          try {
            broken.await();
          } catch (IllegalStateException failure) {
            tell(fibers, String.valueOf(failure.getMessage()));
          }
        });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("5ms n1 too early null", "10ms n1 a value", "10ms n1 no");
  }

  @Test
  void a_full_inbox_drops_what_comes() {
    world.addNode(
        new NodeId(1),
        new Address("n1"),
        context -> {
          Fibers fibers = Fibers.of(FiberSeams.of(context), new FiberOptions(10, 2));
          fibers.start(
              "main",
              () -> {
                Post post = fibers.post();
                fibers.sleep(Duration.ofSeconds(1));
                post.receive();
                post.receive();
                tell(fibers, post.droppedCount() + " dropped, " + post.receive(Duration.ZERO));
              });
          return new FiberNode(context, _ -> {});
        });
    program(
        2,
        fibers -> {
          for (int i = 0; i < 5; i++) {
            fibers.post().send(new Address("n1"), new byte[1]);
          }
        });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("1000ms n1 3 dropped, null");
  }

  @Test
  void a_host_has_no_more_fibers_than_its_options_allow() {
    world.addNode(
        new NodeId(1),
        new Address("n1"),
        context -> {
          Fibers fibers = Fibers.of(FiberSeams.of(context), new FiberOptions(2, 1));
          fibers.start("a", () -> fibers.sleep(Duration.ofDays(1)));
          fibers.start("b", () -> {});
          assertThatThrownBy(() -> fibers.start("c", () -> {})).hasMessageContaining("2 fibers");
          return new FiberNode(context, _ -> {});
        });
    assertThat(world.run()).isNull();
  }

  @Test
  void a_crash_leaves_fibers_where_they_stand_and_runs_no_finally() {
    program(
        1,
        fibers -> {
          tell(fibers, "begins");
          try {
            fibers.sleep(Duration.ofMillis(100));
            tell(fibers, "slept");
          } finally {
            tell(fibers, "finally");
          }
        });
    world.schedule(50_000_000, () -> crash(1));
    world.schedule(70_000_000, () -> world.node(new NodeId(1)).start());
    assertThat(world.run()).isNull();
    assertThat(seen)
        .containsExactly("0ms n1 begins", "70ms n1 begins", "170ms n1 slept", "170ms n1 finally");
  }

  private void crash(int id) {
    world.node(new NodeId(id)).crash("test", CrashMode.KEEP, new SplitMix(1));
  }

  private static World following(String entry) {
    return new World(WorldOptions.calm(3).with(new FaultSource.Follow(Plan.parse(entry))));
  }

  @Test
  void a_crash_point_inside_a_fiber_is_its_last_moment() {
    World following = following("point/n1/here/1 down=1s disk=drop");
    following.addProgram(
        new NodeId(1),
        new Address("n1"),
        fibers -> {
          try {
            seen.add("before");
            fibers.trace().point("here");
            seen.add("after");
          } finally {
            seen.add("finally");
          }
        });
    assertThat(following.run()).isNull();
    assertThat(following.node(new NodeId(1)).incarnationCount()).isEqualTo(2);
    assertThat(seen).containsExactly("before", "before", "after", "finally");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exception", "out-of-memory"})
  void a_failure_that_is_injected_into_a_fiber_is_the_death_of_its_node(String kind) {
    World following = following("exception/n1/here/1 down=1s as=" + kind);
    following.addProgram(
        new NodeId(1),
        new Address("n1"),
        fibers -> {
          fibers.sleep(Duration.ofMillis(1));
          fibers.trace().point("here");
          seen.add("after");
        });
    assertThat(following.run()).isNull();
    assertThat(following.node(new NodeId(1)).incarnationCount()).isEqualTo(2);
    assertThat(seen).containsExactly("after");
  }

  @Test
  void fibers_that_are_ready_at_one_moment_are_shuffled() {
    TreeSet<List<String>> orders = new TreeSet<>(Comparator.comparing(List::toString));
    for (int seed = 1; seed <= 10; seed++) {
      seen.clear();
      World following = following("shuffle/1 at=0s for=10s by=0.001s random=" + seed);
      following.addProgram(
          new NodeId(1),
          new Address("n1"),
          fibers -> {
            for (String name : List.of("a", "b", "c")) {
              fibers.start(name, () -> seen.add(name));
            }
          });
      assertThat(following.run()).isNull();
      assertThat(seen).hasSize(3);
      orders.add(List.copyOf(seen));
    }
    assertThat(orders).hasSizeGreaterThan(2);
  }

  @Test
  void a_fiber_of_the_scenario_may_crash_and_start_a_node_and_call_into_it() {
    program(1, fibers -> tell(fibers, "begins"));
    world.start(
        "scenario",
        fibers -> {
          fibers.sleep(Duration.ofMillis(10));
          crash(1);
          fibers.sleep(Duration.ofMillis(10));
          world.node(new NodeId(1)).start();
          world.node(new NodeId(1)).call(node -> seen.add("called " + (node instanceof FiberNode)));
        });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("0ms n1 begins", "called true", "20ms n1 begins");
  }

  @Test
  void a_fiber_that_crashes_its_own_node_never_waits_again() {
    program(
        1,
        fibers -> {
          seen.add("crashes");
          crash(1);
          fibers.sleep(Duration.ofMillis(1));
          seen.add("lives");
        });
    assertThat(world.run(1_000_000_000)).isNull();
    assertThat(seen).containsExactly("crashes");
  }

  @Test
  void a_node_that_stands_still_goes_on_where_it_was() {
    World following = following("pause/n1/1 at=0.01s for=0.5s");
    following.addProgram(
        new NodeId(1),
        new Address("n1"),
        fibers -> {
          fibers.sleep(Duration.ofMillis(100));
          seen.add(following.nowNanos() / 1_000_000 + "ms");
        });
    assertThat(following.run()).isNull();
    assertThat(seen).containsExactly("510ms");
  }

  @Test
  void a_disk_that_fails_a_program_halts_its_node_or_keeps_it_from_starting() {
    program(
        1,
        fibers -> {
          fibers.sleep(Duration.ofMillis(1));
          throw new DiskException(DiskException.Kind.IO, "log", "gone");
        });
    assertThat(world.run(1_000_000_000)).isNull();
    assertThat(world.halts()).hasSize(1);
    assertThat(world.halts().getFirst().reason()).contains("n1/main", "gone");

    World other = new World(WorldOptions.calm(1));
    other.addProgram(
        new NodeId(1),
        new Address("n1"),
        fibers -> {
          throw new CorruptionException("log", 7, "bad checksum");
        });
    assertThat(String.valueOf(other.run())).contains("start-failure", "log at offset 7");
  }

  @Test
  void whatever_else_a_program_throws_stops_the_world() {
    program(
        1,
        fibers -> {
          fibers.sleep(Duration.ofMillis(1));
          throw new java.io.IOException("what now?");
        });
    assertThat(String.valueOf(world.run()))
        .contains("unexpected-exception", "n1/main", "what now?", "FibersTest.java");
  }

  @Test
  void a_sync_is_waited_for() {
    program(
        1,
        fibers -> {
          var file = fibers.disk().open("log", Disk.OpenMode.CREATE);
          file.append(ByteBuffer.allocate(10));
          fibers.sync(file);
          assertThat(fibers.nowNanos()).isPositive();
          tell(fibers, world.node(new NodeId(1)).disk().durableBytes("log") + " bytes");
        });
    assertThat(world.run()).isNull();
    assertThat(seen).hasSize(1).first().asString().endsWith("10 bytes");
  }

  @Test
  void ten_thousand_fibers_live_in_one_world() {
    long[] rounds = new long[1];
    for (int id = 1; id <= 10; id++) {
      program(
          id,
          fibers -> {
            FiberChannel<Integer> done = fibers.channel(10);
            for (int i = 0; i < 1_000; i++) {
              fibers.start(
                  "worker",
                  () -> {
                    for (int round = 0; round < 5; round++) {
                      fibers.sleep(Duration.ofNanos(fibers.random().nextInt(100_000_000)));
                    }
                    done.put(1);
                  });
            }
            for (int i = 0; i < 1_000; i++) {
              done.take();
              rounds[0]++;
            }
          });
    }
    assertThat(world.run()).isNull();
    assertThat(rounds[0]).isEqualTo(10_000);
  }

  @Test
  void fibers_of_a_node_may_wait_only_for_what_belongs_to_it() {
    List<FiberLock> shared = new ArrayList<>();
    program(
        1,
        fibers -> {
          FiberLock lock = fibers.lock();
          shared.add(lock);
          lock.with(() -> fibers.sleep(Duration.ofSeconds(1)));
        });
    program(2, fibers -> shared.getFirst().lock());
    assertThat(String.valueOf(world.run())).contains("n2/main", "a lock of n1", "share nothing");
  }

  @Test
  void a_callback_cannot_wait() {
    world.addNode(
        new NodeId(1),
        new Address("n1"),
        context -> {
          Fibers.of(context).sleep(Duration.ofSeconds(1));
          return new FiberNode(context, _ -> {});
        });
    assertThat(String.valueOf(world.run())).contains("only a fiber can wait");
  }
}
