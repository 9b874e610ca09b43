package dev.nucleusdb.raft.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.snapshot.SnapshotOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the groups of a node share, and what they do not.
class ManyGroupsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final RaftOptions OPTIONS =
      RaftOptions.DEFAULT.withTimeouts(
          Duration.ofMillis(300), Duration.ofMillis(600), Duration.ofMillis(50));

  private static List<Integer> groups(int count) {
    return IntStream.rangeClosed(1, count).boxed().toList();
  }

  private static GroupBench led(int groupCount, RaftOptions options) {
    GroupBench bench = new GroupBench(groupCount, options);
    bench.elapse(SECOND.multipliedBy(3));
    for (int group : groups(groupCount)) {
      assertThat(bench.leader(group)).as("a leader of group %d", group).isPositive();
    }
    for (int group : groups(groupCount)) {
      int leader = bench.leader(group);
      bench
          .world()
          .node(new NodeId(leader))
          .call(node -> bench.member(leader, group).transferLeadership(new NodeId(1), any -> {}));
    }
    bench.elapse(SECOND);
    for (int group : groups(groupCount)) {
      assertThat(bench.leader(group)).isEqualTo(1);
    }
    return bench;
  }

  private static long syncsFor(int groupCount) {
    GroupBench bench = led(groupCount, OPTIONS);
    bench.syncCount = 0;
    for (int i = 0; i < 10; i++) {
      bench.propose(groups(groupCount), "command " + i);
      bench.elapse(Duration.ofMillis(40));
    }
    assertThat(bench.appliedCount).isEqualTo(10 * groupCount);
    return bench.syncCount;
  }

  @Test
  void sixteen_groups_need_no_more_syncs_than_one() {
    assertThat(syncsFor(16)).isEqualTo(syncsFor(1));
  }

  private static long messagesFor(int groupCount) {
    GroupBench bench = led(groupCount, OPTIONS);
    long before = bench.sentCount;
    bench.propose(groups(groupCount), "command");
    bench.elapse(Duration.ofMillis(30));
    assertThat(bench.appliedCount).isEqualTo(groupCount);
    return bench.sentCount - before;
  }

  @Test
  void sixteen_groups_need_no_more_writes_than_one() {
    assertThat(writesFor(16)).isEqualTo(writesFor(1));
  }

  @Test
  void nobody_waits_for_a_write_to_hear_what_is_written() {
    for (int groupCount : new int[] {1, 16}) {
      GroupBench bench = led(groupCount, OPTIONS);
      bench.holdUpCount = 0;
      for (int i = 0; i < 10; i++) {
        bench.propose(groups(groupCount), "command");
        bench.elapse(Duration.ofMillis(40));
      }
      assertThat(bench.appliedCount).isEqualTo(10 * groupCount);
      assertThat(bench.holdUpCount).isZero();
    }
  }

  private static long writesFor(int groupCount) {
    GroupBench bench = led(groupCount, OPTIONS);
    bench.writeCount = 0;
    bench.propose(groups(groupCount), "command");
    bench.elapse(Duration.ofMillis(40));
    assertThat(bench.appliedCount).isEqualTo(groupCount);
    return bench.writeCount;
  }

  @Test
  void what_all_groups_say_in_one_turn_goes_in_one_packet() {
    // Heartbeats of sixteen groups come in several slots; entries and their answers do not.
    assertThat(messagesFor(16)).isLessThan(16 + messagesFor(1) * 4);
  }

  private static long heartbeatMessagesInTenSeconds(int groupCount) {
    GroupBench bench = new GroupBench(groupCount, OPTIONS);
    bench.elapse(SECOND.multipliedBy(5));
    long before = bench.sentCount;
    bench.elapse(SECOND.multipliedBy(10));
    for (int group : groups(groupCount)) {
      assertThat(bench.leader(group)).as("a leader of group %d", group).isPositive();
    }
    return bench.sentCount - before;
  }

  @Test
  void heartbeats_of_groups_that_are_awake_go_in_a_packet_per_slot_however_many_they_are() {
    long slots = Duration.ofSeconds(10).dividedBy(Duration.ofMillis(5));
    long pairs = GroupBench.NODE_COUNT * (GroupBench.NODE_COUNT - 1);
    // In each slot a heartbeat, and an answer to the other's.
    assertThat(heartbeatMessagesInTenSeconds(200)).isLessThanOrEqualTo(pairs * slots * 2);
  }

  @Test
  void a_group_that_waits_for_a_dead_node_does_not_keep_the_log_of_the_others() {
    // A log is cut beyond 4 KiB; that of group 1 never comes to that.
    SnapshotOptions cut = new SnapshotOptions(4 << 10, 1 << 10, 1 << 20);
    GroupBench bench = led(3, OPTIONS.withSegmentSizeBytes(4096).withSnapshot(cut));
    bench.crash(3);
    bench.propose(List.of(1), "never released, because n3 lacks it");
    bench.elapse(SECOND);
    String large = "x".repeat(1000);
    for (int i = 0; i < 200; i++) {
      bench.propose(List.of(2), large);
      bench.elapse(Duration.ofMillis(20));
      if (i % 10 == 9) {
        releaseAll(bench, 2, 1, 2);
      }
    }
    long held = heldBytes(bench, 1);
    assertThat(held).isLessThan(16 << 10);
    assertThat(bench.node(1).host.log().fileBytes())
        .isLessThan((HostOptions.SEGMENTS_FREE + 2) * 4096 + HostOptions.SLACK_FACTOR * held);
  }

  @Test
  void a_group_that_leaves_a_node_and_comes_again_knows_what_it_knew() {
    GroupBench bench = led(3, OPTIONS.withSegmentSizeBytes(4096));
    for (int i = 0; i < 30; i++) {
      bench.propose(List.of(2), "command " + i);
      bench.elapse(Duration.ofMillis(20));
    }
    ReplicatedLog.Status before = bench.member(3, 2).status();
    bench.leave(3, 2);
    // The log of the other groups is cut meanwhile, and what the second one has is moved.
    String large = "x".repeat(1000);
    for (int i = 0; i < 200; i++) {
      bench.propose(List.of(1), large);
      bench.elapse(Duration.ofMillis(20));
      if (i % 10 == 9) {
        releaseAll(bench, 1, 1, 2, 3);
      }
    }
    assertThat(bench.node(3).host.log().fileBytes()).isLessThan(64 << 10);
    bench.join(3, 2);
    ReplicatedLog.Status after = bench.member(3, 2).status();
    assertThat(after.term()).isEqualTo(before.term());
    assertThat(after.lastIndex()).isEqualTo(before.lastIndex());
    bench.elapse(SECOND);
    bench.leave(3, 2);
    bench.crash(3);
    bench.start(3);
    bench.elapse(Duration.ofMillis(1));
    assertThat(bench.member(3, 2).status().lastIndex()).isEqualTo(before.lastIndex());
    bench.elapse(SECOND);
    assertThat(bench.member(3, 2).status().appliedIndex()).isEqualTo(before.lastIndex());
  }

  @Test
  void what_a_member_holds_that_was_only_stopped_is_not_thrown_away() {
    GroupBench bench = led(2, OPTIONS.withSegmentSizeBytes(4096));
    bench.propose(List.of(2), "kept");
    bench.elapse(SECOND);
    long last = bench.member(3, 2).status().lastIndex();
    bench.world().node(new NodeId(3)).call(any -> bench.member(3, 2).stop());
    String large = "x".repeat(1000);
    for (int i = 0; i < 100; i++) {
      bench.propose(List.of(1), large);
      bench.elapse(Duration.ofMillis(20));
      if (i % 10 == 9) {
        releaseAll(bench, 1, 1, 2, 3);
      }
    }
    bench.crash(3);
    bench.start(3);
    bench.elapse(Duration.ofMillis(1));
    assertThat(bench.member(3, 2).status().lastIndex()).isEqualTo(last);
  }

  @Test
  void a_node_goes_on_when_the_last_group_has_left_it_for_a_while() {
    GroupBench bench = led(1, OPTIONS);
    bench.leave(3, 1);
    bench.propose(List.of(1), "while it was away");
    bench.elapse(SECOND);
    bench.join(3, 1);
    bench.elapse(SECOND);
    assertThat(bench.member(3, 1).status().appliedIndex())
        .isEqualTo(bench.member(1, 1).status().appliedIndex());
  }

  private static long heldBytes(GroupBench bench, int node) {
    long held = 0;
    for (int group : groups(3)) {
      held += Objects.requireNonNull(bench.member(node, group).log()).heldBytes();
    }
    return held;
  }

  private static void releaseAll(GroupBench bench, int group, int... nodes) {
    for (int node : nodes) {
      bench
          .world()
          .node(new NodeId(node))
          .call(any -> {
            long applied = bench.member(node, group).status().appliedIndex();
            bench.member(node, group).released(applied);
          });
    }
  }
}
