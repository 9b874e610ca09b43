package dev.nucleusdb.raft.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// A leader whose connections end is not waited for as long as for one that is silent, unless it is
/// heard again.
class DisconnectionsTest {
  private static final int GROUPS = 3;

  /// Two beats and what is between the shortest and the longest timeout are less than the shortest.
  private static final RaftOptions OPTIONS =
      RaftOptions.DEFAULT.withTimeouts(
          Duration.ofMillis(1000), Duration.ofMillis(1300), Duration.ofMillis(50));

  private static final Duration SHORTEST = Duration.ofMillis(900);

  private static GroupBench led(RaftOptions options, String... plan) {
    WorldOptions world =
        WorldOptions.calm(1)
            .with(new FaultSource.Follow(Plan.parse("links=stream\n" + String.join("\n", plan))));
    GroupBench bench = new GroupBench(world, GROUPS, options);
    bench
        .world()
        .node(new NodeId(1))
        .call(any -> bench.node(1).groups.forEach(group -> group.read(result -> {})));
    bench.elapse(Duration.ofSeconds(4));
    return bench;
  }

  private static void loseLeader(
      RaftOptions options, BiConsumer<GroupBench, Integer> how, boolean soon) {
    GroupBench bench = led(options);
    int lost = bench.leader(1);
    assertThat(lost).isPositive();
    how.accept(bench, lost);
    bench.elapse(SHORTEST);
    assertThat(bench.leader(1) > 0).isEqualTo(soon);
  }

  @Test
  void a_process_that_is_over_is_not_waited_for() {
    loseLeader(OPTIONS, GroupBench::stop, true);
  }

  @Test
  void groups_that_sleep_under_it_wake() {
    loseLeader(OPTIONS.withSleepAfter(Duration.ofMillis(500)), GroupBench::stop, true);
  }

  @Test
  void a_machine_that_loses_its_power_says_nothing() {
    loseLeader(OPTIONS, GroupBench::crash, false);
  }

  /// The leader stays, and its node is taken for lost so often.
  ///
  /// @param resets of a world that is the same until then
  private static void requireReign(int leader, int lostCount, String... resets) {
    GroupBench bench = led(OPTIONS, resets);
    assertThat(bench.leader(1)).isEqualTo(leader);
    List<String> lost = new ArrayList<>();
    bench
        .world()
        .observe(
            new WorldObserver() {
              @Override
              public void onTrace(
                  long atNanos, Actor actor, TraceKind kind, long a, long b, long c) {
                if (kind.name().equals("raft.node-lost")) {
                  lost.add(actor.name());
                }
              }
            });
    long term = bench.member(1, 1).status().term();
    bench.elapse(Duration.ofSeconds(10));
    assertThat(bench.leader(1)).isEqualTo(leader);
    assertThat(bench.member(1, 1).status().term()).isEqualTo(term);
    assertThat(lost).hasSize(lostCount);
  }

  @Test
  void connections_that_end_on_the_way_do_not_depose_a_leader() {
    int leader = led(OPTIONS).leader(1);
    String oneLink = "reset/n%d>n%d/1 at=5s for=".formatted(leader, leader % 3 + 1);
    String otherLink = "reset/n%d>n%d/1 at=5s for=".formatted(leader, (leader + 1) % 3 + 1);
    requireReign(leader, 0, oneLink + "0.01s", otherLink + "0.01s");
    requireReign(leader, 1, oneLink + "3s");
  }
}
