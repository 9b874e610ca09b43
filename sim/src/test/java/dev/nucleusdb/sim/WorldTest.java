package dev.nucleusdb.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.BYTE_ARRAY;

import dev.nucleusdb.core.assertion.InvariantViolation;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Violation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of a node's code in a world.
class WorldTest {
  private final List<String> seen = new ArrayList<>();

  private static TestBench bench() {
    return new TestBench(WorldOptions.calm(3), 2);
  }

  private static TestBench following(String... entries) {
    Plan plan = Plan.parse(String.join("\n", entries));
    return new TestBench(WorldOptions.calm(3).with(new FaultSource.Follow(plan)), 2);
  }

  private static String invariantOf(TestBench bench) {
    bench.elapse(Duration.ofSeconds(1));
    Violation violation = bench.world().violation();
    return violation == null ? "" : violation.invariant();
  }

  private static void throwing(TestBench bench, RuntimeException thrown) {
    bench.node(0).call(node -> bench.context(0).timers().at(0, () -> raise(thrown)));
  }

  private static void raise(RuntimeException thrown) {
    throw thrown;
  }

  @Test
  void a_broken_invariant_in_a_node_stops_the_world() {
    TestBench bench = bench();
    throwing(bench, new InvariantViolation("two leaders"));
    assertThat(invariantOf(bench)).isEqualTo("node-invariant");
    assertThat(String.valueOf(bench.world().violation())).contains("n1", "two leaders");
  }

  @Test
  void any_other_exception_of_a_node_stops_the_world_and_names_its_place() {
    TestBench bench = bench();
    throwing(bench, new IllegalStateException("what now?"));
    assertThat(invariantOf(bench)).isEqualTo("unexpected-exception");
    assertThat(String.valueOf(bench.world().violation())).contains("what now?", "WorldTest");
  }

  @Test
  void the_seams_of_a_dead_incarnation_are_inert() {
    TestBench bench = bench();
    NodeContext dead = bench.context(0);
    bench.context(1).network().receive((from, message) -> seen.add("message"));
    DiskFile file = dead.disk().open("log", Disk.OpenMode.CREATE);
    bench.onNode(
        0,
        () -> {
          dead.timers().at(dead.clock().monotonicNanos() + 1, () -> seen.add("timer"));
          file.append(ByteBuffer.allocate(10));
          file.sync(failure -> seen.add("sync"));
        });
    bench.node(0).crash("test", CrashMode.KEEP, new SplitMix(1));
    bench.node(0).start();
    assertThat(dead.network().send(new Address("n2"), new byte[1])).isFalse();
    dead.timers().at(0, () -> seen.add("late timer"));
    file.append(ByteBuffer.allocate(10));
    file.truncate(0);
    file.sync(failure -> seen.add("late sync"));
    file.syncNow();
    dead.disk().delete("log");
    dead.trace().point("nowhere");
    dead.halt().halt("too late");
    bench.elapse(Duration.ofSeconds(5));
    assertThat(seen).isEmpty();
    assertThat(bench.node(0).isUp()).isTrue();
    assertThat(bench.node(0).disk().content("log")).hasSize(10);
  }

  @Test
  void a_crash_point_takes_the_node_right_there() {
    TestBench bench = following("point/n1/here/2 down=1s disk=drop");
    bench.node(0).call(node -> bench.context(0).trace().point("here"));
    bench
        .node(0)
        .call(node -> {
          seen.add("before");
          bench.context(0).trace().point("here");
          seen.add("after");
        });
    assertThat(seen).containsExactly("before");
    assertThat(bench.node(0).running()).isNull();
    bench.elapse(Duration.ofSeconds(2));
    assertThat(bench.node(0).isUp()).isTrue();
    assertThat(bench.node(0).incarnationCount()).isEqualTo(2);
    assertThat(bench.world().plan().entries()).hasSize(1);
  }

  @Test
  void a_halted_node_ends_its_callback_and_stays_down_until_healing() {
    TestBench bench = bench();
    bench
        .node(0)
        .call(node -> {
          bench.context(0).halt().halt("disk gone");
          seen.add("to the end");
        });
    assertThat(seen).containsExactly("to the end");
    assertThat(bench.node(0).isUp()).isFalse();
    assertThat(bench.world().halts()).extracting(Halt::reason).containsExactly("disk gone");
    bench.world().run();
    assertThat(bench.world().phase()).isEqualTo(Phase.HEALING);
    assertThat(bench.node(0).isUp()).isTrue();
  }

  @Test
  void a_node_that_stands_still_gets_its_callbacks_afterwards_in_order() {
    TestBench bench = following("pause/n1/1 at=1s for=2s");
    NodeContext context = bench.context(0);
    long start = context.clock().monotonicNanos();
    for (int i = 1; i <= 3; i++) {
      String name = "timer " + i;
      context.timers().at(start + 1_100_000_000L + i, () -> seen.add(name));
    }
    bench.elapse(Duration.ofMillis(2_900));
    assertThat(seen).isEmpty();
    assertThat(bench.node(0).isPaused()).isTrue();
    bench.elapse(Duration.ofMillis(200));
    assertThat(seen).containsExactly("timer 1", "timer 2", "timer 3");
  }

  @Test
  void a_node_that_cannot_read_its_disk_is_a_violation_unless_excused() {
    World world = new World(WorldOptions.calm(1));
    world.addNode(new NodeId(1), new Address("n1"), context -> new Unreadable());
    assertThat(String.valueOf(world.run())).contains("start-failure", "log at offset 7");

    World excused = new World(WorldOptions.calm(1));
    excused.onStartFailure((node, failure) -> failure instanceof CorruptionException);
    excused.addNode(new NodeId(1), new Address("n1"), context -> new Unreadable());
    assertThat(excused.run()).isNull();
    assertThat(excused.node(new NodeId(1)).isUp()).isFalse();
  }

  @Test
  void a_message_storm_is_a_violation() {
    TestBench bench = new TestBench(WorldOptions.calm(1).withEventsPerSecondMax(1_000), 1);
    bench.node(0).call(node -> again(bench));
    assertThat(invariantOf(bench)).isEqualTo("event-budget");
  }

  private static void again(TestBench bench) {
    bench.context(0).timers().at(0, () -> again(bench));
  }

  @Test
  void a_thread_from_outside_is_caught_and_named() throws InterruptedException {
    TestBench bench = bench();
    Thread thread =
        new Thread(
            () ->
                assertThatThrownBy(() -> bench.context(0).timers().at(0, () -> {}))
                    .isInstanceOf(IllegalStateException.class),
            "intruder");
    bench.world().schedule(0, () -> {});
    thread.start();
    thread.join();
    assertThat(invariantOf(bench)).isEqualTo("foreign-thread");
    assertThat(String.valueOf(bench.world().violation())).contains("intruder", "WorldTest");
  }

  @Test
  void whoever_changes_a_message_is_named() {
    TestBench bench = bench();
    byte[] message = new byte[8];
    bench.onNode(0, () -> bench.context(0).network().send(new Address("n2"), message));
    message[0] = 1;
    assertThat(invariantOf(bench)).isEqualTo("message-changed");
    assertThat(String.valueOf(bench.world().violation())).contains("by n1");
  }

  @Test
  void a_borrower_that_changes_what_it_was_lent_is_named() {
    TestBench bench = bench();
    Network.Borrower careless = (from, bytes, offset, size) -> bytes[offset + size - 1]++;
    bench.context(1).network().receive(careless);
    bench.onNode(0, () -> bench.context(0).network().send(new Address("n2"), new byte[8]));
    assertThat(invariantOf(bench)).isEqualTo("message-changed");
    assertThat(String.valueOf(bench.world().violation())).contains("by its receiver n2");
  }

  @Test
  void bytes_that_a_borrower_keeps_are_not_those_that_were_sent() {
    TestBench bench = bench();
    List<byte[]> kept = new ArrayList<>();
    List<byte[]> copied = new ArrayList<>();
    Network.Borrower careless =
        (from, bytes, offset, size) -> {
          kept.add(bytes);
          copied.add(Arrays.copyOfRange(bytes, offset, offset + size));
        };
    bench.context(1).network().receive(careless);
    byte[] message = {1, 2, 3};
    bench.onNode(0, () -> bench.context(0).network().send(new Address("n2"), message));
    assertThat(invariantOf(bench)).isEmpty();
    assertThat(copied).singleElement().isEqualTo(message);
    assertThat(kept).singleElement().asInstanceOf(BYTE_ARRAY).doesNotContain(message);
  }

  @Test
  void a_client_sends_and_receives_like_a_node() {
    World world = new World(WorldOptions.calm(1));
    ClientContext client = world.addClient(new Address("c1"));
    client.network().receive((from, message) -> seen.add("answer from " + from));
    world.addNode(
        new NodeId(1),
        new Address("n1"),
        context -> {
          context.network().receive((from, message) -> context.network().send(from, message));
          return new Quiet();
        });
    client.timers().at(1, () -> client.network().send(new Address("n1"), new byte[1]));
    world.run();
    assertThat(seen).containsExactly("answer from n1");
  }

  @Test
  void a_plan_for_a_node_that_is_not_there_is_refused() {
    assertThatThrownBy(() -> following("crash/n9/1 at=1s down=1s disk=drop"))
        .hasMessageContaining("crash/n9/1");
    assertThatThrownBy(() -> following("crash/n1/1 at=1s down=1s disk=burnt"))
        .hasMessageContaining("burnt");
  }

  private static class Quiet implements Node {
    @Override
    public void start() {}

    @Override
    public void stop() {}
  }

  private static final class Unreadable extends Quiet {
    @Override
    public void start() {
      throw new CorruptionException("log", 7, "bad checksum");
    }
  }
}
