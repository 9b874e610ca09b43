package dev.nucleusdb.scenarios.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.scenarios.cluster.DurableLogs;
import dev.nucleusdb.scenarios.membership.Configurations;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The checks are checked: each accepts what is allowed and reports what is not.
final class InvariantTest {
  private final List<String> reports = new ArrayList<>();
  private final FakeCluster cluster = new FakeCluster();
  private final DurableLogs durable = new DurableLogs(cluster);

  private void report(String invariant, String detail) {
    reports.add(invariant + ": " + detail);
  }

  private DurableAcknowledgements acknowledgements() {
    return new DurableAcknowledgements(cluster, new Configurations(cluster), durable, this::report);
  }

  private void assertReported(String text) {
    assertThat(reports).hasSize(1).first().asString().contains(text);
  }

  @Test
  void leaders_of_different_terms_are_no_offence() {
    ElectionSafety property = new ElectionSafety(this::report);
    property.onLeader(1, 1);
    property.onLeader(2, 2);
    property.onLeader(2, 2);
    assertThat(reports).isEmpty();
  }

  @Test
  void two_leaders_of_one_term_are_reported() {
    ElectionSafety property = new ElectionSafety(this::report);
    property.onLeader(1, 3);
    property.onLeader(2, 3);
    assertReported("ElectionSafety: n1 and n2 both led term 3");
  }

  @Test
  void a_replaced_disk_has_forgotten_nothing_and_the_same_has() {
    NothingForgotten property = new NothingForgotten(this::report);
    property.onStore(1, 11);
    property.onVoteSent(1, 3, 2);
    property.onStoreDurable(1, 10);
    property.onStore(1, 12);
    property.onStarted(1, 0, 0, 0);
    assertThat(reports).isEmpty();
    property.onVoteSent(1, 3, 2);
    property.onStore(1, 12);
    property.onStarted(1, 0, 0, 0);
    assertReported("NothingForgotten: n1 voted in term 3 and starts in 0");
  }

  @Test
  void entries_of_one_index_and_different_terms_may_differ() {
    LogMatching property = new LogMatching(this::report);
    property.onAppended(1, 7, 1, 111);
    property.onAppended(2, 7, 1, 111);
    property.onAppended(2, 7, 2, 222);
    assertThat(reports).isEmpty();
  }

  @Test
  void entries_of_one_index_and_term_that_differ_are_reported() {
    LogMatching property = new LogMatching(this::report);
    property.onAppended(1, 7, 1, 111);
    property.onAppended(2, 7, 1, 222);
    assertReported("LogMatching: entry 7 of term 1 differs on n2");
  }

  @Test
  void a_leader_that_has_all_committed_entries_is_accepted() {
    LeaderCompleteness property = new LeaderCompleteness(cluster, this::report);
    cluster.up(1, 1, 2);
    property.onApplied(1, 1, 1, 0);
    property.onApplied(1, 2, 1, 0);
    cluster.log(2, 1, 1, 2);
    property.onLeader(2, 2);
    assertThat(reports).isEmpty();
  }

  @Test
  void a_late_leader_of_an_older_term_need_not_have_what_later_terms_committed() {
    LeaderCompleteness property = new LeaderCompleteness(cluster, this::report);
    cluster.up(1, 3, 1);
    property.onApplied(1, 1, 3, 0);
    cluster.log(2);
    property.onLeader(2, 2);
    assertThat(reports).isEmpty();
  }

  @Test
  void a_leader_without_a_committed_entry_is_reported() {
    LeaderCompleteness property = new LeaderCompleteness(cluster, this::report);
    cluster.up(1, 1, 2);
    property.onApplied(1, 1, 1, 0);
    property.onApplied(1, 2, 1, 0);
    cluster.log(2, 1);
    property.onLeader(2, 2);
    assertReported("LeaderCompleteness: n2 leads term 2 without entry 2 of term 1");
  }

  @Test
  void a_leader_with_another_entry_in_place_of_a_committed_one_is_reported() {
    LeaderCompleteness property = new LeaderCompleteness(cluster, this::report);
    cluster.up(1, 2, 1);
    property.onApplied(1, 1, 2, 0);
    cluster.log(3, 1);
    property.onLeader(3, 4);
    assertReported("n3 leads term 4 without entry 1 of term 2");
  }

  @Test
  void a_snapshot_may_hold_what_a_node_died_of_applying_once_it_has_started_with_it() {
    StateMachineSafety property = new StateMachineSafety(this::report);
    property.onStarted(1, 1, 0, 0);
    property.onStarted(2, 1, 12, 12);
    property.onInstalled(1, 12, 6);
    assertThat(reports).isEmpty();
    property.onInstalled(1, 13, 6);
    assertReported("applied there was nothing");
  }

  @Test
  void nodes_that_apply_the_same_in_order_are_accepted() {
    StateMachineSafety property = new StateMachineSafety(this::report);
    for (int node = 1; node <= 2; node++) {
      property.onStarted(node, 1, 0, 0);
      property.onApplied(node, 1, 1, 11);
      property.onApplied(node, 2, 1, 22);
    }
    property.onStarted(2, 1, 2, 1);
    property.onApplied(2, 2, 1, 22);
    assertThat(reports).isEmpty();
  }

  @Test
  void a_different_entry_applied_at_an_index_is_reported() {
    StateMachineSafety property = new StateMachineSafety(this::report);
    property.onStarted(1, 1, 0, 0);
    property.onApplied(1, 1, 1, 11);
    property.onStarted(2, 1, 0, 0);
    property.onApplied(2, 1, 1, 12);
    assertReported("StateMachineSafety: n2 applied another entry at index 1");
  }

  @Test
  void a_gap_and_a_repetition_are_reported() {
    StateMachineSafety property = new StateMachineSafety(this::report);
    property.onStarted(1, 1, 0, 0);
    property.onApplied(1, 1, 1, 11);
    property.onApplied(1, 3, 1, 33);
    property.onApplied(1, 3, 1, 33);
    assertThat(reports).hasSize(2);
  }

  @Test
  void an_entry_durable_on_a_majority_may_be_applied() {
    DurableAcknowledgements property = acknowledgements();
    cluster.durableBytes.put(1, 100L);
    cluster.durableBytes.put(3, 100L);
    durable.onFrame(1, 1, 1, 1, 100);
    durable.onFrame(3, 1, 1, 1, 100);
    durable.onDown(3);
    property.onApplied(1, 1, 1, 0);
    assertThat(reports).isEmpty();
  }

  @Test
  void a_start_that_fails_half_way_takes_nothing_from_the_disk() {
    DurableAcknowledgements property = acknowledgements();
    cluster.durableBytes.put(1, 300L);
    cluster.durableBytes.put(3, 300L);
    for (int index = 1; index <= 3; index++) {
      durable.onFrame(1, index, 1, 1, 100L * index);
      durable.onFrame(3, index, 1, 1, 100L * index);
    }
    durable.onDown(3);
    durable.onFrame(3, 1, 1, 1, 100);
    durable.onDown(3);
    property.onApplied(1, 3, 1, 0);
    assertThat(reports).isEmpty();
    durable.onFrame(3, 1, 1, 1, 100);
    durable.onStarted(3, 1, 1, 0);
    durable.onFrame(1, 4, 1, 1, 300);
    durable.onFrame(2, 4, 2, 1, 300);
    property.onApplied(1, 4, 1, 0);
    assertReported("durable on 1 of 3");
  }

  @Test
  void an_entry_that_is_only_written_on_a_majority_is_reported() {
    DurableAcknowledgements property = acknowledgements();
    cluster.durableBytes.put(1, 100L);
    cluster.durableBytes.put(2, 99L);
    durable.onFrame(1, 1, 1, 1, 100);
    durable.onFrame(2, 1, 1, 1, 100);
    property.onApplied(1, 1, 1, 0);
    assertReported("DurableAcknowledgements: n1 applied entry 1 of term 1, which is durable on 1");
  }

  @Test
  void an_entry_of_another_term_does_not_count_as_durable() {
    DurableAcknowledgements property = acknowledgements();
    cluster.durableBytes.put(1, 100L);
    cluster.durableBytes.put(2, 100L);
    durable.onFrame(1, 1, 2, 1, 100);
    durable.onFrame(2, 1, 1, 1, 100);
    property.onApplied(1, 1, 2, 0);
    assertReported("durable on 1 of 3");
  }

  @Test
  void an_operation_that_all_nodes_execute_at_one_entry_is_accepted() {
    ExactlyOnce property = new ExactlyOnce(this::report);
    property.onExecuted(1, 5, 2, 1);
    property.onExecuted(2, 5, 2, 1);
    property.onExecuted(1, 6, 2, 2);
    property.onExecuted(1, 7, 3, 1);
    assertThat(reports).isEmpty();
  }

  @Test
  void an_operation_that_took_effect_at_two_entries_is_reported() {
    ExactlyOnce property = new ExactlyOnce(this::report);
    property.onExecuted(1, 5, 2, 1);
    property.onExecuted(2, 8, 2, 1);
    assertReported("ExactlyOnce: operation 1 of session 2 took effect at entry 5 and at entry 8");
  }

  @Test
  void a_node_that_starts_with_what_it_had_is_accepted() {
    NothingForgotten property = new NothingForgotten(this::report);
    property.onVoteSent(1, 3, 2);
    property.onStoreDurable(1, 10);
    property.onStarted(1, 3, 20, 10);
    property.onStarted(2, 0, 0, 0);
    assertThat(reports).isEmpty();
  }

  @Test
  void one_snapshot_after_the_other_is_reported_unless_entries_come_between() {
    SnapshotsSuffice property = new SnapshotsSuffice(this::report);
    for (int i = 1; i <= 9; i++) {
      property.onInstalled(1, 10L * i, 1);
      property.onAppended(1, 10L * i + 1, 1, 0);
      property.onInstalled(2, 10L * i, 1);
      property.onDown(2);
    }
    assertThat(reports).isEmpty();
    for (int i = 1; i <= 6; i++) {
      property.onInstalled(3, 10L * i, 1);
    }
    assertReported("SnapshotsSuffice: n3 has got 6 snapshots in a row");
  }

  @Test
  void a_forgotten_term_is_reported() {
    NothingForgotten property = new NothingForgotten(this::report);
    property.onVoteSent(1, 3, 2);
    property.onStarted(1, 2, 20, 10);
    assertReported("NothingForgotten: n1 voted in term 3 and starts in 2");
  }

  @Test
  void a_store_behind_what_was_durable_is_reported() {
    NothingForgotten property = new NothingForgotten(this::report);
    property.onStoreDurable(1, 10);
    property.onStarted(1, 3, 20, 9);
    assertReported("was durable to entry 10 and starts at entry 9");
  }

  @Test
  void equal_stores_agree_and_stores_at_different_entries_may_differ() {
    ReplicaAgreement property = new ReplicaAgreement(cluster, this::report);
    cluster.stores.put(1, new FakeStore(9, "a"));
    cluster.stores.put(2, new FakeStore(9, "a"));
    cluster.stores.put(3, new FakeStore(8, "b"));
    property.onEnd();
    assertThat(reports).isEmpty();
  }

  @Test
  void stores_that_differ_at_one_entry_are_reported() {
    ReplicaAgreement property = new ReplicaAgreement(cluster, this::report);
    cluster.stores.put(1, new FakeStore(9, "a"));
    cluster.stores.put(3, new FakeStore(9, "b"));
    property.onEnd();
    assertReported("ReplicaAgreement: n1 (1 keys) and n3 (1 keys) have both applied entry 9");
  }

  @Test
  void a_store_that_cannot_be_read_is_reported() {
    ReplicaAgreement property = new ReplicaAgreement(cluster, this::report);
    cluster.stores.put(2, new FakeStore(9, null));
    property.onEnd();
    assertReported("ReplicaAgreement: n2 cannot be read");
  }

  @Test
  void a_cluster_that_serves_everybody_and_agrees_is_live() {
    cluster.up(1, 2, 9);
    cluster.up(2, 2, 9);
    cluster.up(3, 2, 9);
    Liveness.check(cluster, List.of(), this::report);
    assertThat(reports).isEmpty();
  }

  @Test
  void a_client_that_is_not_served_is_reported() {
    cluster.up(1, 2, 9);
    cluster.up(2, 2, 9);
    cluster.up(3, 2, 9);
    Liveness.check(cluster, List.of("c4"), this::report);
    assertReported("Liveness: not-served: [c4] since all faults had ended");
  }

  @Test
  void a_node_that_stays_down_is_reported() {
    cluster.up(1, 2, 9);
    cluster.up(3, 2, 9);
    Liveness.check(cluster, List.of(), this::report);
    assertReported("Liveness: node-down: n2 is down");
  }

  @Test
  void a_node_that_stays_behind_is_reported() {
    cluster.up(1, 2, 9);
    cluster.up(2, 2, 7);
    cluster.up(3, 2, 9);
    Liveness.check(cluster, List.of(), this::report);
    assertReported("Liveness: not-applied: the core's nodes differ (applied: n1 9 n2 7 n3 9");
  }

  @Test
  void a_cluster_without_a_leader_is_reported() {
    for (int node = 1; node <= 3; node++) {
      cluster.statuses.put(node, new ReplicatedLog.Status(false, null, 2, 9, 9, 9));
    }
    Liveness.check(cluster, List.of("c1"), this::report);
    assertReported("Liveness: no-leader");
  }

  @Test
  void a_leader_that_commits_nothing_is_reported() {
    for (int node = 1; node <= 3; node++) {
      cluster.statuses.put(node, new ReplicatedLog.Status(node == 1, new NodeId(1), 2, 9, 9, 12));
    }
    Liveness.check(cluster, List.of("c1"), this::report);
    assertReported("Liveness: no-progress: [c1] wait");
  }

  @Test
  void a_core_that_is_led_from_outside_is_excused() {
    cluster.core = List.of(1, 3);
    for (int node = 1; node <= 3; node++) {
      cluster.statuses.put(
          node, new ReplicatedLog.Status(node == 2, new NodeId(2), 2, 9, 6 + node, 12));
    }
    Liveness.check(cluster, List.of("c1"), this::report);
    assertThat(reports).isEmpty();
  }

  @Test
  void who_leads_from_outside_is_remembered() {
    cluster.core = List.of(1, 3);
    cluster.up(1, 2, 9);
    cluster.up(3, 2, 9);
    OutsideLeadership outside = new OutsideLeadership(cluster);
    outside.look();
    assertThat(outside.seen()).isFalse();
    cluster.statuses.put(3, new ReplicatedLog.Status(false, new NodeId(2), 2, 9, 9, 9));
    outside.look();
    cluster.up(3, 2, 9);
    outside.look();
    assertThat(outside.seen()).isTrue();
  }

  @Test
  void what_lies_outside_the_core_may_stay_broken() {
    cluster.core = List.of(1, 3);
    cluster.up(1, 2, 9);
    cluster.up(3, 2, 9);
    Liveness.check(cluster, List.of(), this::report);
    assertThat(reports).isEmpty();
  }

  private void leads(int node, long term) {
    cluster.statuses.put(node, new ReplicatedLog.Status(true, new NodeId(node), term, 5, 5, 5));
  }

  @Test
  void two_leaders_may_serve_reads_alone_until_the_later_one_commits() {
    DisjointLeases property = new DisjointLeases(cluster, this::report);
    leads(1, 2);
    leads(2, 3);
    cluster.readAlone.addAll(List.of(1, 2));
    property.onApplied(1, 5, 2, 0);
    property.onLeader(2, 3);
    property.onApplied(2, 4, 2, 0);
    assertThat(reports).isEmpty();
    property.onApplied(2, 6, 3, 0);
    assertReported("n1 may serve reads alone in term 2, and n2 has committed an entry of term 3");
  }

  @Test
  void a_lease_that_begins_after_a_later_leader_has_committed_is_reported() {
    DisjointLeases property = new DisjointLeases(cluster, this::report);
    leads(1, 2);
    leads(2, 3);
    property.onApplied(2, 6, 3, 0);
    assertThat(reports).isEmpty();
    cluster.readAlone.add(1);
    property.onApplied(1, 5, 2, 0);
    assertReported("DisjointLeases");
  }

  @Test
  void a_state_that_holds_all_of_before_is_as_young_as_it_says() {
    BoundedStaleness property = new BoundedStaleness(this::report);
    property.onAcknowledged(1, 4, 1_000);
    property.onAcknowledged(1, 3, 1_500);
    property.onAcknowledged(2, 5, 2_000);
    property.onStaleRead(3, 4, 1_000, 3_000);
    property.onStaleRead(3, 5, 0, 3_000);
    property.onStaleRead(3, 0, 2_000, 3_000);
    assertThat(reports).isEmpty();
  }

  @Test
  void a_state_that_lacks_what_is_older_than_it_says_is_reported() {
    BoundedStaleness property = new BoundedStaleness(this::report);
    property.onAcknowledged(1, 4, 1_000);
    property.onAcknowledged(2, 5, 2_000);
    property.onStaleRead(3, 4, 999, 3_000);
    assertReported("entry 5 was acknowledged 1000 ns ago");
  }

  @Test
  void a_world_in_which_something_happens_is_not_vacuous() {
    Vacuity.check(10, 10, true, 1, this::report);
    Vacuity.check(10, 10, false, 0, this::report);
    assertThat(reports).isEmpty();
  }

  @Test
  void a_world_without_work_is_vacuous() {
    Vacuity.check(9, 10, true, 50, this::report);
    assertReported("Vacuity: only 9 operations were done");
  }

  @Test
  void a_world_in_which_drawn_faults_do_not_happen_is_vacuous() {
    Vacuity.check(500, 10, true, 0, this::report);
    assertReported("Vacuity: faults were drawn and none happened");
  }
}
