package dev.nucleusdb.scenarios.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.DurableLogs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The checks of membership are checked: each accepts what is allowed and reports what is not.
final class MembershipInvariantTest implements ClusterView {
  private final List<String> reports = new ArrayList<>();
  private final Map<Integer, RaftLog> logs = new LinkedHashMap<>();
  private final Map<Integer, ReplicatedLog.Status> statuses = new LinkedHashMap<>();
  private final Map<Integer, Configuration> used = new LinkedHashMap<>();
  private final Configurations configurations = new Configurations(this);
  private final DurableLogs durable = new DurableLogs(this);

  private void report(String invariant, String detail) {
    reports.add(invariant + ": " + detail);
  }

  private static Membership members(int... voters) {
    return Membership.of(
        IntStream.of(voters)
            .mapToObj(id -> new Member(new NodeId(id), new Address("n" + id)))
            .toList(),
        List.of());
  }

  /// A node's log grows by an entry, of which everybody hears.
  private void append(int node, Entry entry, ClusterEvents... properties) {
    RaftLog log = logs.computeIfAbsent(node, key -> new RaftLog(0, 0, List.of()));
    log.append(entry);
    configurations.onAppended(node, log.lastIndex(), entry.term(), 0);
    for (ClusterEvents property : properties) {
      property.onAppended(node, log.lastIndex(), entry.term(), 0);
    }
  }

  private void leads(int node, long term, long commitIndex) {
    statuses.put(
        node,
        new ReplicatedLog.Status(
            true, new NodeId(node), term, commitIndex, commitIndex, commitIndex));
  }

  @Test
  void quorums_that_share_nobody_are_reported() {
    OverlappingQuorums property = new OverlappingQuorums(configurations, this::report);
    append(1, Entry.configuration(1, members(1, 2, 3, 4)), property);
    assertThat(reports).isEmpty();
    append(1, Entry.configuration(1, members(4, 5)), property);
    assertThat(reports).hasSize(1).first().asString().contains("two quorums share nobody");
  }

  @Test
  void a_second_change_before_the_first_is_committed_is_reported() {
    OneChangeAtATime property = new OneChangeAtATime(this, configurations, this::report);
    leads(1, 1, 1);
    append(1, Entry.configuration(1, members(1, 2, 3, 4)), property);
    append(1, Entry.configuration(1, members(1, 2, 3)), property);
    assertThat(reports).isEmpty();
    append(1, Entry.configuration(1, members(1, 2)), property);
    assertThat(reports).hasSize(1).first().asString().contains("that of entry 2 is not committed");
  }

  @Test
  void a_change_before_an_entry_of_the_own_term_is_committed_is_reported() {
    ChangeAfterOwnCommit property = new ChangeAfterOwnCommit(this, configurations, this::report);
    leads(1, 2, 2);
    append(1, Entry.noOp(1));
    append(1, Entry.noOp(2));
    append(1, Entry.configuration(2, members(1, 2, 3)), property);
    assertThat(reports).isEmpty();
    leads(1, 2, 1);
    append(1, Entry.configuration(2, members(1, 2, 4)), property);
    assertThat(reports).hasSize(1).first().asString().startsWith("ChangeAfterOwnCommit: n1");
  }

  @Test
  void a_leader_without_a_quorum_of_its_own_configuration_is_reported() {
    ElectedByQuorum property = new ElectedByQuorum(configurations, this::report);
    append(1, Entry.configuration(1, members(1, 2, 3)));
    property.onVoteSent(2, 2, 1);
    property.onLeader(1, 2);
    assertThat(reports).isEmpty();
    property.onVoteSent(4, 3, 1);
    property.onVoteSent(5, 3, 1);
    property.onLeader(1, 3);
    assertThat(reports).hasSize(1).first().asString().contains("no quorum of voters=(1 2 3)");
  }

  @Test
  void a_leader_by_the_vote_of_an_empty_disk_is_reported() {
    ElectedByQuorum property = new ElectedByQuorum(configurations, this::report);
    Membership bound =
        members(1, 2, 3)
            .withStores(
                Stores.of(members(1, 2, 3).configuration().members(), id -> id.value() * 10L));
    append(1, Entry.configuration(1, bound));
    property.onStore(1, 10);
    property.onStore(2, 20);
    property.onVoteSent(2, 2, 1);
    property.onLeader(1, 2);
    assertThat(reports).isEmpty();
    property.onStore(2, 21);
    property.onVoteSent(2, 3, 1);
    property.onLeader(1, 3);
    assertThat(reports).hasSize(1).first().asString().contains("by the votes of [1]");
  }

  @Test
  void a_node_may_lose_its_disk_once_all_know_it_by_it() {
    Membership three = members(1, 2, 3);
    Membership bound =
        three.withStores(Stores.of(three.configuration().members(), id -> id.value() * 10L));
    for (int node : nodes()) {
      append(node, Entry.configuration(1, bound));
      assertThat(configurations.isKnownByItsDisk(2)).isFalse();
      configurations.onApplied(node, 1, 1, 0);
    }
    assertThat(configurations.isKnownByItsDisk(2)).isTrue();
    assertThat(configurations.isKnownByItsDisk(4)).as("no member").isFalse();
  }

  @Test
  void a_leader_that_goes_on_after_its_removal_is_reported() {
    OnlyVotersLead property = new OnlyVotersLead(this, configurations, this::report);
    leads(1, 1, 1);
    append(1, Entry.noOp(1));
    property.onApplied(1, 1, 1, 0);
    append(1, Entry.configuration(1, members(2, 3, 4)));
    assertThat(reports).isEmpty();
    property.onApplied(1, 2, 1, 0);
    assertThat(reports).hasSize(1).first().asString().contains("has no vote any more");
  }

  @Test
  void a_leader_that_was_taken_in_again_since_and_is_to_go_once_more_may_lead() {
    OnlyVotersLead property = new OnlyVotersLead(this, configurations, this::report);
    leads(1, 1, 1);
    append(1, Entry.configuration(1, members(2, 3, 4)));
    append(1, Entry.configuration(1, members(1, 2, 3)));
    append(1, Entry.configuration(1, members(2, 3, 4)));
    property.onApplied(1, 1, 1, 0);
    assertThat(reports).isEmpty();
    property.onApplied(1, 3, 1, 0);
    assertThat(reports).hasSize(1).first().asString().contains("has no vote any more");
  }

  @Test
  void who_is_removed_by_an_entry_that_it_does_not_know_to_be_committed_may_be_elected() {
    OnlyVotersLead property = new OnlyVotersLead(this, configurations, this::report);
    append(1, Entry.configuration(1, members(1, 2, 3)));
    append(1, Entry.configuration(1, members(2, 3, 4)));
    leads(1, 2, 1);
    property.onLeader(1, 2);
    assertThat(reports).isEmpty();
    leads(1, 2, 2);
    property.onLeader(1, 2);
    assertThat(reports).hasSize(1).first().asString().contains("without a vote");
  }

  @Test
  void a_removed_member_that_is_elected_later_is_reported() {
    OnlyVotersLead property = new OnlyVotersLead(this, configurations, this::report);
    leads(2, 3, 1);
    append(2, Entry.configuration(1, members(2, 3, 4)));
    configurations.onApplied(2, 1, 1, 0);
    property.onApplied(2, 1, 1, 0);
    append(1, Entry.noOp(1));
    property.onLeader(1, 3);
    assertThat(reports).isEmpty();
    property.onLeader(1, 4);
    assertThat(reports).hasSize(1).first().asString().contains("n1 leads term 4 without a vote");
  }

  @Test
  void a_node_that_goes_by_another_configuration_than_its_log_is_reported() {
    ConfigurationOfLog property = new ConfigurationOfLog(this, configurations, this::report);
    Membership three = members(1, 2, 3);
    used.put(1, three.configuration());
    append(1, Entry.configuration(1, three), property);
    assertThat(reports).isEmpty();
    used.put(1, members(1, 2, 3, 4, 5).configuration());
    property.onStarted(1, 1, 1, 0);
    assertThat(reports).hasSize(1).first().asString().contains("but entry 1 of its log says");
  }

  @Test
  void a_vote_for_a_node_without_the_log_is_reported() {
    CaughtUpVoters property = new CaughtUpVoters(this, configurations, durable, this::report);
    leads(1, 1, 1);
    append(1, Entry.configuration(1, members(1, 2, 3)), property);
    durable.onFrame(4, 1, 1, 1, 100);
    append(1, Entry.configuration(1, members(1, 2, 3, 4)), property);
    assertThat(reports).isEmpty();
    append(1, Entry.configuration(1, members(1, 2, 3, 4, 5)), property);
    assertThat(reports).hasSize(1).first().asString().contains("gives n5 a vote at entry 3");
  }

  @Test
  void a_state_counts_for_the_log_that_it_stands_for_on_the_disk_on_which_it_is() {
    CaughtUpVoters property = new CaughtUpVoters(this, configurations, durable, this::report);
    leads(1, 1, 1);
    append(1, Entry.configuration(1, members(1, 2, 3)), property);
    for (int node = 4; node <= 5; node++) {
      property.onStore(node, node);
      property.onStoreDurable(node, 2);
    }
    append(1, Entry.configuration(1, members(1, 2, 3, 4)), property);
    assertThat(reports).isEmpty();
    property.onStore(5, 50);
    append(1, Entry.configuration(1, members(1, 2, 3, 4, 5)), property);
    assertThat(reports).hasSize(1).first().asString().contains("gives n5 a vote at entry 3");
  }

  @Test
  void entries_on_a_disk_that_was_replaced_count_if_they_are_the_leaders() {
    CaughtUpVoters property = new CaughtUpVoters(this, configurations, durable, this::report);
    leads(1, 1, 1);
    append(1, Entry.configuration(1, members(1, 2, 3)), property);
    for (int node = 4; node <= 5; node++) {
      durable.onStore(node, node);
    }
    durable.onFrame(4, 1, 1, 1, 100);
    durable.onFrame(5, 2, 9, 1, 100);
    for (int node = 4; node <= 5; node++) {
      durable.onStore(node, 10L * node);
    }
    append(1, Entry.configuration(1, members(1, 2, 3, 4)), property);
    assertThat(reports).isEmpty();
    append(1, Entry.configuration(1, members(1, 2, 3, 4, 5)), property);
    assertThat(reports).hasSize(1).first().asString().contains("gives n5 a vote at entry 3");
  }

  @Test
  void an_entry_counts_by_its_configuration_or_by_one_behind_it_but_not_behind_a_change() {
    append(1, Entry.noOp(1));
    append(1, Entry.configuration(1, members(1, 2, 3)));
    append(1, Entry.noOp(1));
    append(1, Entry.configuration(1, members(3)));
    assertThat(configurations.mayHaveDecided(1, 1, 1, id -> id <= 2)).isTrue();
    assertThat(configurations.mayHaveDecided(1, 3, 1, id -> id == 3)).isTrue();
    assertThat(configurations.mayHaveDecided(1, 2, 1, id -> id == 3)).isFalse();
    assertThat(configurations.mayHaveDecided(1, 3, 1, id -> id == 2)).isFalse();
  }

  @Override
  public List<Integer> nodes() {
    return List.of(1, 2, 3, 4, 5);
  }

  @Override
  public ReplicatedLog.@Nullable Status status(int node) {
    return statuses.get(node);
  }

  @Override
  public @Nullable RaftLog log(int node) {
    return logs.get(node);
  }

  @Override
  public @Nullable Configuration configuration(int node) {
    return used.get(node);
  }

  @Override
  public @Nullable StorageEngine store(int node) {
    return null;
  }

  /// All that is written is durable.
  @Override
  public long durableLogBytes(int node, long segment) {
    return Long.MAX_VALUE;
  }
}
