package dev.nucleusdb.core.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.consensus.ReplicatedLog.MembershipResult;
import dev.nucleusdb.core.consensus.ReplicatedLog.ProposalResult;
import dev.nucleusdb.core.consensus.ReplicatedLog.ReadResult;
import dev.nucleusdb.core.consensus.ReplicatedLog.Status;
import dev.nucleusdb.core.consensus.TransferOutcome;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What every [dev.nucleusdb.core.consensus.ReplicatedLog] promises.
public abstract class ReplicatedLogContract extends ReplicatedLogCluster {

  @Test
  void commands_are_applied_on_all_members_in_one_order() {
    int leader = leader();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      propose(leader, "command " + i);
      expected.add("command " + i);
      if (i % 7 == 0) {
        elapse(STEP);
      }
    }
    settle();
    for (int member = 0; member < MEMBER_COUNT; member++) {
      assertThat(commands(member)).isEqualTo(expected);
    }
  }

  @Test
  void the_proposer_is_told_the_place_and_the_answer_of_the_state_machine() {
    int leader = leader();
    List<ProposalResult> results = propose(leader, "a", "b");
    settle();
    assertThat(results).hasSize(2);
    ProposalResult.Applied first = (ProposalResult.Applied) results.get(0);
    ProposalResult.Applied second = (ProposalResult.Applied) results.get(1);
    assertThat(first.result()).isEqualTo(1);
    assertThat(second.result()).isEqualTo(2);
    assertThat(second.index()).isEqualTo(first.index() + 1);
  }

  @Test
  void an_acknowledged_command_survives_the_crash_of_its_leader() {
    commit("a");
    int old = leader();
    crash(old);
    int next = leader(old);
    settle();
    assertThat(commands(next)).containsExactly("a");
    restart(old);
    commit("b");
    assertThat(commands(old)).containsExactly("a", "b");
  }

  @Test
  void acknowledged_commands_survive_the_crash_of_all_members_at_once() {
    for (int i = 0; i < 5; i++) {
      commit("command " + i);
    }
    for (int member = 0; member < MEMBER_COUNT; member++) {
      crash(member);
    }
    for (int member = 0; member < MEMBER_COUNT; member++) {
      restart(member);
    }
    commit("last");
    for (int member = 0; member < MEMBER_COUNT; member++) {
      assertThat(commands(member))
          .containsExactly("command 0", "command 1", "command 2", "command 3", "command 4", "last");
    }
  }

  @Test
  void a_minority_acknowledges_nothing_and_goes_on_where_it_stopped() {
    int leader = leader();
    int other = other(leader);
    crash(other);
    crash(other(other));
    List<ProposalResult> results = propose(leader, "a");
    settle();
    assertThat(results).noneMatch(ProposalResult.Applied.class::isInstance);
    restart(other);
    commit("b");
    assertThat(commands(other)).endsWith("b");
  }

  @Test
  void every_callback_runs_once_whatever_becomes_of_its_leader() {
    int old = leader();
    List<AtomicInteger> runs = new ArrayList<>();
    AtomicInteger first = new AtomicInteger();
    runs.add(first);
    onMember(old, log -> log.propose("before".getBytes(UTF_8), result -> first.incrementAndGet()));
    settle();
    assertThat(first).hasValue(1);
    cut(old);
    onMember(
        old,
        log -> {
          for (int i = 0; i < 5; i++) {
            AtomicInteger proposal = new AtomicInteger();
            AtomicInteger read = new AtomicInteger();
            log.propose(("cut off " + i).getBytes(UTF_8), result -> proposal.incrementAndGet());
            log.read(result -> read.incrementAndGet());
            runs.add(proposal);
            runs.add(read);
          }
        });
    int next = leader(old);
    List<ProposalResult> results = propose(next, "after");
    settle();
    heal();
    settle();
    assertThat(runs).allMatch(count -> count.get() == 1);
    assertThat(results).hasSize(1).hasOnlyElementsOfType(ProposalResult.Applied.class);
    for (int member = 0; member < MEMBER_COUNT; member++) {
      assertThat(commands(member)).isEqualTo(commands(next)).startsWith("before", "after");
    }
  }

  @Test
  void a_member_that_does_not_lead_takes_nothing_and_names_the_leader() {
    int leader = leader();
    settle();
    NodeId name = new NodeId(leader + 1);
    List<ProposalResult> proposals = propose(other(leader), "a");
    List<ReadResult> reads = read(other(leader));
    settle();
    assertThat(proposals).containsExactly(new ProposalResult.NotLeader(name));
    assertThat(reads).as("reads it serves").containsExactly(new ReadResult.Ready());
    assertThat(commands(leader)).isEmpty();
  }

  @Test
  void a_read_sees_every_acknowledged_write() {
    for (int i = 1; i <= 20; i++) {
      int leader = leader();
      List<Integer> seen = new ArrayList<>();
      onMember(
          leader,
          log ->
              log.propose(
                  new byte[] {1},
                  applied ->
                      log.read(ready -> {
                        assertThat(ready).isEqualTo(new ReadResult.Ready());
                        seen.add(commands(leader).size());
                      })));
      settle();
      assertThat(seen).containsExactly(i);
    }
  }

  @Test
  void a_new_leader_serves_reads_that_see_what_the_old_one_acknowledged() {
    int old = leader();
    List<ProposalResult> results = propose(old, "a");
    while (results.isEmpty()) {
      elapse(Duration.ofMillis(1));
    }
    assertThat(results).hasOnlyElementsOfType(ProposalResult.Applied.class);
    crash(old);
    int next = leader(old);
    List<List<String>> seen = new ArrayList<>();
    onMember(
        next,
        log ->
            log.read(ready -> {
              assertThat(ready).isEqualTo(new ReadResult.Ready());
              seen.add(List.copyOf(commands(next)));
            }));
    settle();
    assertThat(seen).containsExactly(List.of("a"));
  }

  @Test
  void a_read_at_any_member_sees_every_acknowledged_write() {
    for (int i = 1; i <= 20; i++) {
      int leader = leader();
      int asked = (leader + i) % MEMBER_COUNT;
      List<Integer> seen = new ArrayList<>();
      List<ProposalResult> results = propose(leader, "command " + i);
      while (results.isEmpty()) {
        elapse(Duration.ofMillis(1));
      }
      onMember(
          asked,
          log ->
              log.read(ready -> {
                assertThat(ready).isEqualTo(new ReadResult.Ready());
                seen.add(commands(asked).size());
              }));
      settle();
      assertThat(seen).containsExactly(i);
    }
  }

  @Test
  void a_leader_that_is_cut_off_serves_no_read_and_acknowledges_nothing() {
    int old = leader();
    commit("a");
    cut(old);
    List<ReadResult> reads = read(old);
    List<ProposalResult> proposals = propose(old, "b");
    leader(old);
    commitOn(leader(old));
    reads.addAll(read(old));
    settle();
    assertThat(reads).isNotEmpty().noneMatch(ReadResult.Ready.class::isInstance);
    assertThat(proposals).noneMatch(ProposalResult.Applied.class::isInstance);
    Status status = status(old);
    assertThat(status != null && status.leading()).as("still believes to lead").isFalse();
  }

  private void commitOn(int member) {
    List<ProposalResult> results = propose(member, "newer");
    settle();
    assertThat(results).hasOnlyElementsOfType(ProposalResult.Applied.class).hasSize(1);
  }

  @Test
  void a_command_that_is_too_large_or_empty_is_the_callers_error() {
    int leader = leader();
    onMember(
        leader,
        log -> {
          byte[] tooLarge = new byte[commandBytesMax() + 1];
          assertThatThrownBy(() -> log.propose(tooLarge, result -> {}))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining(String.valueOf(commandBytesMax()));
          assertThatThrownBy(() -> log.propose(new byte[0], result -> {}))
              .isInstanceOf(IllegalArgumentException.class);
        });
    commit("x".repeat(commandBytesMax()));
  }

  @Test
  void leadership_goes_to_whom_it_is_handed_and_nothing_is_lost() {
    commit("a");
    int old = leader();
    int next = other(old);
    List<TransferOutcome> outcomes = new ArrayList<>();
    onMember(old, log -> log.transferLeadership(nameOf(next), outcomes::add));
    settle();
    assertThat(leader()).isEqualTo(next);
    assertThat(outcomes).containsExactly(new TransferOutcome.TakenOver(nameOf(next)));
    commit("b");
    assertThat(commands(next)).containsExactly("a", "b");
  }

  @Test
  void a_member_that_does_not_lead_hands_nothing_over() {
    commit("a");
    int leader = leader();
    List<TransferOutcome> outcomes = new ArrayList<>();
    onMember(other(leader), log -> log.transferLeadership(null, outcomes::add));
    assertThat(outcomes).containsExactly(new TransferOutcome.NotLeader(nameOf(leader)));
  }

  @Test
  void a_transfer_to_who_is_cut_off_ends_and_the_leader_serves_on() {
    commit("a");
    int leader = leader();
    int target = other(leader);
    cut(target);
    List<TransferOutcome> outcomes = new ArrayList<>();
    onMember(leader, log -> log.transferLeadership(nameOf(target), outcomes::add));
    settle();
    assertThat(outcomes).hasSize(1).doesNotHaveAnyElementsOfTypes(TransferOutcome.TakenOver.class);
    commitOn(leader);
  }

  @Test
  void who_stops_answers_those_who_wait_and_takes_no_more() {
    int leader = leader();
    settle();
    List<ProposalResult> proposals = new ArrayList<>();
    List<ReadResult> reads = new ArrayList<>();
    onMember(
        leader,
        log -> {
          log.propose(new byte[] {1}, proposals::add);
          log.read(reads::add);
          log.stop();
          assertThat(proposals).containsExactly(new ProposalResult.Unknown());
          assertThat(reads).containsExactly(new ReadResult.Unavailable(null));
          log.propose(new byte[] {2}, proposals::add);
          log.read(reads::add);
          log.stop();
        });
    settle();
    assertThat(proposals)
        .containsExactly(new ProposalResult.Unknown(), new ProposalResult.NotLeader(null));
    assertThat(reads).hasSize(2).containsOnly(new ReadResult.Unavailable(null));
  }

  @Test
  void a_state_machine_that_keeps_its_state_may_release_the_log_at_any_time() {
    machinesAreDurable = true;
    int leader = leader();
    int slow = other(leader);
    crash(slow);
    for (int i = 0; i < 10; i++) {
      propose(leader, "command " + i);
    }
    settle();
    for (int member = 0; member < MEMBER_COUNT; member++) {
      int releasing = member;
      RememberingMachine machine = (RememberingMachine) machine(member);
      machine.listener = index -> onMember(releasing, log -> log.released(index));
    }
    restart(slow);
    settle();
    propose(leader, "one", "two", "three", "four", "five");
    settle();
    commit("last");
    assertThat(commands(slow)).hasSize(16).isEqualTo(commands(leader));
    for (int member = 0; member < MEMBER_COUNT; member++) {
      crash(member);
      restart(member);
    }
    commit("after");
    for (int member = 0; member < MEMBER_COUNT; member++) {
      assertThat(commands(member)).hasSize(17).endsWith("last", "after");
    }
  }

  private List<MembershipResult> change(int asked, int... voters) {
    List<MembershipResult> results = new ArrayList<>();
    List<Member> members = new ArrayList<>();
    for (int voter : voters) {
      members.add(name(voter));
    }
    onMember(asked, log -> log.changeMembership(members, results::add));
    settle();
    return results;
  }

  @Test
  void who_is_removed_is_not_needed_and_comes_back_with_all_that_it_missed() {
    int leader = leader();
    int kept = other(leader);
    int removed = other(kept);
    commit("a");
    assertThat(change(leader, leader, kept)).containsExactly(new MembershipResult.Changed());
    crash(removed);
    commit("b");
    cut(kept);
    List<ProposalResult> alone = propose(leader, "c");
    settle();
    assertThat(alone).doesNotHaveAnyElementsOfTypes(ProposalResult.Applied.class);
    heal();
    settle();
    restart(removed);
    settle();
    int next = leader(removed);
    assertThat(change(next, leader, kept, removed)).containsExactly(new MembershipResult.Changed());
    commit("d");
    assertThat(commands(removed)).startsWith("a", "b").endsWith("d").isEqualTo(commands(next));
    crash(next);
    assertThat(leader(next)).isNotEqualTo(next);
    commit("e");
  }

  @Test
  void a_leader_may_remove_itself_and_the_others_go_on() {
    commit("a");
    int old = leader();
    int next = other(old);
    assertThat(change(old, next, other(next))).containsExactly(new MembershipResult.Changed());
    crash(old);
    commit("b");
    restart(old);
    settle();
    assertThat(leader(old)).isNotEqualTo(old);
    assertThat(change(old, old)).first().isInstanceOf(MembershipResult.NotLeader.class);
    assertThat(change(leader(), next, other(next)))
        .as("to what is there already")
        .containsExactly(new MembershipResult.Changed());
  }

  @Test
  void a_change_that_names_nobody_or_somebody_twice_is_a_mistake() {
    int leader = leader();
    assertThatThrownBy(() -> change(leader)).hasMessageContaining("at least one voter");
    assertThatThrownBy(() -> change(leader, leader, leader)).hasMessageContaining("twice");
  }

  @Test
  void a_member_says_how_old_its_state_may_be_and_grows_older_when_it_is_cut_off() {
    commit("a");
    int leader = leader();
    int lonely = other(leader);
    Duration away = Duration.ofSeconds(10);
    assertThat(staleness(lonely)).isNotNull();
    cut(lonely);
    elapse(away);
    commit("b");
    assertThat(commands(lonely)).containsExactly("a");
    assertThat(staleness(lonely)).isNotNull().isGreaterThan(away);
    assertThat(staleness(leader())).isNotNull().isLessThan(away);
    heal();
    settle();
    assertThat(commands(lonely)).containsExactly("a", "b");
    assertThat(staleness(lonely)).isNotNull().isLessThan(away);
    crash(lonely);
    restart(lonely);
    assertThat(staleness(lonely)).as("before a leader was heard").isNull();
  }

  @Test
  void who_needs_what_the_log_no_longer_holds_gets_the_state_of_another() {
    machinesAreDurable = true;
    int leader = leader();
    int slow = other(leader);
    commit("first");
    crash(slow);
    for (int member = 0; member < MEMBER_COUNT; member++) {
      int releasing = member;
      remembering(member).listener = index -> onMember(releasing, log -> log.released(index));
    }
    List<String> expected = new ArrayList<>(List.of("first"));
    for (int i = 0; i < 100; i++) {
      propose(leader, "command " + i);
      expected.add("command " + i);
      elapse(STEP);
    }
    restart(slow);
    settle();
    commit("last");
    expected.add("last");
    assertThat(remembering(slow).installCount).isEqualTo(1);
    assertThat(commands(slow)).isEqualTo(expected);
    crash(slow);
    restart(slow);
    commit("after");
    assertThat(commands(slow)).hasSize(103).isEqualTo(commands(leader()));
  }
}
