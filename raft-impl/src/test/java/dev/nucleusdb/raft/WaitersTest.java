package dev.nucleusdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.consensus.ReplicatedLog.ProposalResult;
import dev.nucleusdb.core.node.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of proposals that were gathered, and placed together.
class WaitersTest {
  private final Waiters waiters = new Waiters();
  private final List<String> told = new ArrayList<>();

  private RaftInput.Propose propose(String... names) {
    for (String name : names) {
      boolean enough =
          waiters.gather(
              new byte[name.length()],
              result -> told.add(name + " " + word(result)),
              RaftOptions.DEFAULT);
      assertThat(enough).isFalse();
    }
    return waiters.proposal();
  }

  private static String word(ProposalResult result) {
    return switch (result) {
      case ProposalResult.Applied applied -> "applied at " + applied.index();
      case ProposalResult.Unknown _ -> "unknown";
      case ProposalResult.NotLeader _ -> "not leader";
      case ProposalResult.Overloaded _ -> "overloaded";
      case ProposalResult.Transferring _ -> "transferring";
    };
  }

  private void place(RaftInput.Propose proposal, long firstIndex, long term) {
    waiters.placed(
        new RaftEffect.ProposalsPlaced(proposal.firstTicket(), proposal.count(), firstIndex, term));
  }

  @Test
  void each_is_told_when_its_own_place_is_applied() {
    place(propose("a", "b"), 5, 1);
    place(propose("c"), 8, 1);
    for (long index = 4; index <= 8; index++) {
      waiters.applied(index, 1, true);
      told.add("-");
    }
    assertThat(told)
        .containsExactly(
            "-", "a applied at 5", "-", "b applied at 6", "-", "-", "c applied at 8", "-");
    assertThat(waiters.isEmpty()).isTrue();
  }

  @Test
  void those_that_did_not_fit_are_refused_and_the_others_are_placed() {
    RaftInput.Propose all = propose("a", "b", "c");
    waiters.placed(new RaftEffect.ProposalsPlaced(all.firstTicket(), 1, 5, 1));
    waiters.refused(
        new RaftEffect.ProposalsRefused(all.firstTicket() + 1, 2, RaftEffect.Refusal.OVERLOADED),
        new NodeId(1));
    waiters.applied(5, 1, true);
    assertThat(told).containsExactly("b overloaded", "c overloaded", "a applied at 5");
  }

  @Test
  void an_entry_of_another_term_is_another_entry() {
    place(propose("a", "b"), 5, 1);
    waiters.applied(5, 2, true);
    waiters.applied(6, 1, true);
    assertThat(told).containsExactly("a unknown", "b applied at 6");
  }

  @Test
  void places_that_a_snapshot_stands_for_are_passed_by() {
    place(propose("a", "b", "c"), 5, 1);
    place(propose("d"), 8, 1);
    waiters.applied(5, 1, true);
    waiters.applied(8, 1, true);
    assertThat(told).containsExactly("a applied at 5", "b unknown", "c unknown", "d applied at 8");
    assertThat(waiters.isEmpty()).isTrue();
  }

  @Test
  void a_place_that_is_given_again_was_cut_off_with_all_behind_it() {
    place(propose("a", "b", "c"), 5, 1);
    place(propose("d"), 8, 1);
    waiters.applied(5, 1, true);
    place(propose("e"), 7, 3);
    waiters.applied(6, 1, true);
    waiters.applied(7, 3, true);
    assertThat(told)
        .containsExactly(
            "a applied at 5", "d unknown", "c unknown", "b applied at 6", "e applied at 7");
    assertThat(waiters.isEmpty()).isTrue();
  }

  @Test
  void what_is_gathered_is_not_lost_with_the_leadership_but_with_the_member() {
    place(propose("a"), 5, 1);
    waiters.gather(new byte[1], result -> told.add("b " + word(result)), RaftOptions.DEFAULT);
    waiters.leadershipLost();
    assertThat(told).containsExactly("a unknown");
    assertThat(waiters.hasGathered()).isTrue();
    waiters.failAll();
    assertThat(told).containsExactly("a unknown", "b unknown");
    assertThat(waiters.hasGathered()).isFalse();
    assertThat(waiters.isEmpty()).isTrue();
  }

  @Test
  void as_many_as_a_request_takes_are_enough() {
    for (int i = 1; i < RaftOptions.DEFAULT.appendEntriesMax(); i++) {
      assertThat(waiters.gather(new byte[1], result -> {}, RaftOptions.DEFAULT)).isFalse();
    }
    assertThat(waiters.gather(new byte[1], result -> {}, RaftOptions.DEFAULT)).isTrue();
    assertThat(waiters.proposal().count()).isEqualTo(RaftOptions.DEFAULT.appendEntriesMax());
    int large = RaftOptions.DEFAULT.appendBytesMax();
    assertThat(waiters.gather(new byte[large], result -> {}, RaftOptions.DEFAULT)).isTrue();
  }
}
