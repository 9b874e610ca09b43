package dev.nucleusdb.sim;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The order in which, and how late, what is due happens; and what stops a world that gets nowhere.
class OrderFaultsTest {
  private final List<String> happened = new ArrayList<>();

  private TestBench following(String... entries) {
    Plan plan = Plan.parse(String.join("\n", entries));
    return new TestBench(WorldOptions.calm(3).with(new FaultSource.Follow(plan)), 3, "n2");
  }

  private void arm(TestBench bench, int node, double seconds, String name) {
    bench.onNode(
        node,
        () ->
            bench
                .context(node)
                .timers()
                .at(
                    bench.context(node).clock().monotonicNanos() + (long) (seconds * 1e9),
                    () -> happened.add(name + "@" + bench.world().nowNanos() / 1_000_000)));
  }

  @Test
  void every_callback_of_a_slow_node_takes_a_while_and_keeps_its_place() {
    TestBench bench = following("slow-node/n1/1 at=0s for=1.5s by=1s");
    for (int i = 0; i < 4; i++) {
      arm(bench, 0, 0.1, "a" + i);
    }
    arm(bench, 1, 0.1, "b");
    bench.elapse(Duration.ofSeconds(4));
    // The start takes the first second and the first call the next; the fault ends meanwhile, and
    // what waited comes in its order: the other calls before the timer that was due in between.
    assertThat(happened).containsExactly("b@100", "a0@2000", "a1@2100", "a2@2100", "a3@2100");
  }

  @Test
  void late_timers_fire_late_and_those_of_one_moment_in_order() {
    TestBench bench = following("late-timer/n1/1 at=0s for=10s by=1s random=7");
    for (int i = 0; i < 3; i++) {
      arm(bench, 0, 0.1, "a" + i);
      arm(bench, 1, 0.1, "b" + i);
    }
    bench.elapse(Duration.ofSeconds(2));
    assertThat(happened.subList(0, 3)).containsExactly("b0@100", "b1@100", "b2@100");
    List<String> late = happened.subList(3, 6);
    assertThat(late).extracting(text -> text.substring(0, 2)).containsExactly("a0", "a1", "a2");
    assertThat(late).noneMatch(text -> text.endsWith("@100"));
  }

  @Test
  void what_is_ready_in_a_window_runs_in_any_order_but_each_link_keeps_its_own() {
    List<String> orders = new ArrayList<>();
    for (int seed = 0; seed < 10; seed++) {
      happened.clear();
      TestBench bench = following("shuffle/1 at=0s for=10s by=0.1s random=" + seed);
      bench.context(2).network().receive((from, message) -> happened.add(from + ":" + message[0]));
      for (int number = 1; number <= 3; number++) {
        for (int from = 0; from < 2; from++) {
          int sender = from;
          byte[] message = {(byte) number};
          bench.onNode(
              sender, () -> bench.context(sender).network().send(new Address("n3"), message));
        }
      }
      bench.elapse(Duration.ofSeconds(1));
      assertThat(happened)
          .hasSize(6)
          .containsSubsequence("n1:1", "n1:2", "n1:3")
          .containsSubsequence("n2:1", "n2:2", "n2:3");
      orders.add(happened.getFirst().substring(0, 2));
    }
    assertThat(orders).contains("n1", "n2");
  }

  @Test
  void priorities_make_some_wait_and_change_when_the_plan_says() {
    TestBench bench = following("pct/1 at=0s for=10s by=0.5s random=3,5s");
    for (int second = 0; second < 8; second++) {
      arm(bench, 0, second, second + "a");
    }
    bench.elapse(Duration.ofSeconds(20));
    List<Long> delays =
        happened.stream()
            .map(text -> Long.parseLong(text.substring(text.indexOf('@') + 1)))
            .map(millis -> millis % 1_000)
            .toList();
    assertThat(delays).hasSize(8);
    assertThat(delays.subList(0, 5)).containsOnly(delays.getFirst());
    assertThat(delays.subList(5, 8)).containsOnly(delays.getLast());
    assertThat(delays.getLast()).isNotEqualTo(delays.getFirst());
  }

  @Test
  void whoever_leads_crashes_or_stands_still() {
    TestBench bench =
        following("crash-leader/1 at=1s down=1s disk=drop", "pause-leader/1 at=3s for=1s");
    bench.elapse(Duration.ofMillis(1_500));
    assertThat(bench.node(1).isUp()).isFalse();
    assertThat(bench.node(0).isUp()).isTrue();
    bench.elapse(Duration.ofSeconds(2));
    assertThat(bench.node(1).isPaused()).isTrue();
    bench.elapse(Duration.ofSeconds(1));
    assertThat(bench.node(1).isUp()).isTrue();
    assertThat(bench.node(1).isPaused()).isFalse();
  }

  @Test
  void a_world_in_which_no_time_passes_is_stopped() {
    World world = new World(WorldOptions.calm(1).withStandstillBounds(500, Duration.ofSeconds(30)));
    Runnable[] again = new Runnable[1];
    again[0] = () -> world.kernel().schedule(world.nowNanos(), again[0]);
    world.kernel().schedule(1_000_000, again[0]);
    assertThat(requireNonNull(world.run()).invariant()).isEqualTo("standstill");
    assertThat(world.nowNanos()).isEqualTo(1_000_000);
  }

  @Test
  void a_world_that_gets_nowhere_is_stopped_only_while_nothing_is_wrong() {
    Plan plan = Plan.parse("partition/1 at=1s for=20s sides=n1|n2");
    WorldOptions options =
        WorldOptions.calm(1)
            .with(new FaultSource.Follow(plan))
            .withStandstillBounds(1_000, Duration.ofSeconds(5));
    TestBench bench = new TestBench(options, 2);
    long[] progress = new long[1];
    bench.world().watchProgress(() -> progress[0], 60_000_000_000L);
    bench.elapse(Duration.ofSeconds(24));
    progress[0]++;
    bench.elapse(Duration.ofSeconds(5));
    assertThat(bench.world().violation()).isNull();
    bench.elapse(Duration.ofSeconds(5));
    Violation violation = requireNonNull(bench.world().violation());
    assertThat(violation.invariant()).isEqualTo("no-progress");
    assertThat(violation.atNanos()).isBetween(29_000_000_000L, 32_000_000_000L);
  }
}
