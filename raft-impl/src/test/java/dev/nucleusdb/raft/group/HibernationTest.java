package dev.nucleusdb.raft.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.membership.ClusterId;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Groups that sleep cost nothing, and wake when they must.
class HibernationTest {
  private static final int COUNT = 40;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final RaftOptions OPTIONS =
      RaftOptions.DEFAULT
          .withTimeouts(Duration.ofMillis(300), Duration.ofMillis(600), Duration.ofMillis(50))
          .withSleepAfter(Duration.ofMillis(500));

  private static List<Integer> groups(int count) {
    return IntStream.rangeClosed(1, count).boxed().toList();
  }

  /// All groups have a leader, spread over the nodes, and sleep.
  private static GroupBench asleep(int count) {
    GroupBench bench = new GroupBench(count, OPTIONS);
    assertThat(bench.node(1).asleepCount()).as("before anybody asks").isEqualTo(count);
    for (int group : groups(count)) {
      int node = group % GroupBench.NODE_COUNT + 1;
      bench
          .world()
          .node(new NodeId(node))
          .call(any -> bench.member(node, group).read(result -> {}));
    }
    bench.elapse(SECOND.multipliedBy(3));
    requireAsleep(bench, count);
    return bench;
  }

  private static void requireAsleep(GroupBench bench, int count) {
    for (int node = 1; node <= GroupBench.NODE_COUNT; node++) {
      assertThat(bench.node(node).asleepCount()).as("n" + node).isEqualTo(count);
    }
    for (int group : groups(count)) {
      assertThat(bench.leader(group)).isPositive();
    }
  }

  private static long messagesInTenSeconds(int count) {
    GroupBench bench = asleep(count);
    long before = bench.sentCount;
    bench.elapse(SECOND.multipliedBy(10));
    requireAsleep(bench, count);
    return bench.sentCount - before;
  }

  @Test
  void groups_that_sleep_cost_a_beat_per_pair_of_nodes_however_many_they_are() {
    long pairs = GroupBench.NODE_COUNT * (GroupBench.NODE_COUNT - 1);
    assertThat(messagesInTenSeconds(COUNT)).isLessThanOrEqualTo(pairs * 201);
    assertThat(messagesInTenSeconds(2 * COUNT)).isEqualTo(messagesInTenSeconds(COUNT));
  }

  @Test
  void who_sleeps_keeps_no_progress_queue_ring_or_count_of_votes() {
    GroupBench bench = asleep(COUNT);
    for (int node = 1; node <= GroupBench.NODE_COUNT; node++) {
      for (int group : groups(COUNT)) {
        assertThat(Reachable.from(bench.member(node, group)).keySet())
            .as("n" + node + " group " + group)
            .contains("RaftMember", "Raft", "MemberState", "RaftLog", "Seat")
            .doesNotContain(
                "ArrayDeque", "TreeMap", "long[]", "Progress", "Tally", "Heard", "Waiters");
      }
    }
  }

  @Test
  void who_wakes_has_what_it_kept_before_it_slept() {
    GroupBench bench = asleep(COUNT);
    bench.propose(List.of(7), "wake up");
    bench.elapse(Duration.ofMillis(100));
    assertThat(Reachable.from(bench.member(bench.leader(7), 7)))
        .containsEntry("Progress", GroupBench.NODE_COUNT - 1);
    assertThat(bench.member(bench.leader(7), 7).diagnose()).isEmpty();
  }

  @Test
  void a_request_wakes_its_group_alone() {
    GroupBench bench = asleep(COUNT);
    bench.propose(List.of(7), "wake up");
    bench.elapse(Duration.ofMillis(100));
    assertThat(bench.appliedCount).isEqualTo(1);
    for (int node = 1; node <= GroupBench.NODE_COUNT; node++) {
      assertThat(bench.node(node).asleepCount()).isEqualTo(COUNT - 1);
    }
    bench.elapse(SECOND);
    requireAsleep(bench, COUNT);
  }

  @Test
  void the_loss_of_a_node_wakes_those_who_sleep_under_it_within_the_usual_time() {
    GroupBench bench = asleep(COUNT);
    TreeMap<Integer, Integer> before = new TreeMap<>();
    groups(COUNT).forEach(group -> before.put(group, bench.leader(group)));
    bench.crash(1);
    // The longest election timeout, a beat for the detection, and a split vote here and there.
    bench.elapse(Duration.ofMillis(600 + 50 + 300));
    before.forEach((group, leader) -> {
      if (leader == 1) {
        assertThat(bench.leader(group)).as("group %d", group).isPositive();
      } else {
        assertThat(bench.leader(group)).as("group %d", group).isEqualTo(leader);
        assertThat(bench.member(leader, group).isAsleep()).isTrue();
      }
    });
  }

  @Test
  void a_node_that_comes_back_at_once_is_known_to_lead_nothing_any_more() {
    GroupBench bench = asleep(COUNT);
    List<Integer> led = groups(COUNT).stream().filter(g -> bench.leader(g) == 1).toList();
    bench.crash(1);
    bench.start(1);
    bench.elapse(SECOND);
    for (int group : led) {
      assertThat(bench.leader(group)).as("group %d", group).isGreaterThan(1);
    }
  }

  @Test
  void a_node_that_comes_back_wakes_no_group_that_others_lead() {
    GroupBench bench = asleep(COUNT);
    List<Integer> led = groups(COUNT).stream().filter(g -> bench.leader(g) != 1).toList();
    bench.crash(1);
    bench.start(1);
    bench.elapse(SECOND.multipliedBy(5));
    for (int group : led) {
      assertThat(bench.member(2, group).status().term()).as("group %d", group).isEqualTo(1);
      assertThat(bench.member(1, group).isAsleep()).isTrue();
    }
  }

  @Test
  void a_leader_that_leaves_its_node_in_its_sleep_is_followed_by_another() {
    GroupBench bench = asleep(COUNT);
    int leader = bench.leader(7);
    bench.leave(leader, 7);
    bench.elapse(SECOND);
    int next = bench.leader(7);
    assertThat(next).isPositive().isNotEqualTo(leader);
    for (int group : groups(COUNT)) {
      if (group != 7) {
        assertThat(bench.member(1, group).status().term()).as("group %d", group).isEqualTo(1);
      }
    }
  }

  @Test
  void few_of_those_who_sleep_under_a_silent_node_wake_at_first_and_then_ever_more() {
    int under = 600;
    int count = under * GroupBench.NODE_COUNT;
    GroupBench bench = asleep(count);
    bench.crash(1);
    long awake = 0;
    for (int waited = 0; awake == 0; waited++) {
      assertThat(waited).isLessThan(100);
      bench.elapse(Duration.ofMillis(10));
      awake = count - bench.node(2).asleepCount();
    }
    assertThat(awake).isEqualTo(NodeLiveness.WOKEN_FIRST);
    bench.elapse(OPTIONS.heartbeatInterval());
    assertThat(count - bench.node(2).asleepCount())
        .as("twice as many with the next beat that is missed")
        .isEqualTo(3 * NodeLiveness.WOKEN_FIRST);
    bench.elapse(SECOND.multipliedBy(3));
    for (int group : groups(count)) {
      assertThat(bench.leader(group)).as("group %d", group).isGreaterThan(1);
    }
  }

  @Test
  void a_node_that_a_recovery_has_cut_off_keeps_no_group_asleep() {
    GroupBench bench = asleep(COUNT);
    long recovered = ClusterId.next(ClusterId.FOUNDED, 7);
    for (int node : List.of(2, 3)) {
      bench.node(node).host.log().enterCluster(recovered);
    }
    bench.elapse(SECOND.multipliedBy(2));
    assertThat(bench.world().node(new NodeId(1)).isUp()).isFalse();
    assertThat(bench.world().halts().toString()).contains("was recovered without this node");
    bench.lost(1);
    for (int group : groups(COUNT)) {
      assertThat(bench.leader(group)).as("group %d", group).isGreaterThan(1);
    }
  }
}
