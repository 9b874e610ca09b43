package dev.nucleusdb.scenarios.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.raft.election.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OneVotePerTermTest {
  private final List<String> reports = new ArrayList<>();
  private final OneVotePerTerm property =
      new OneVotePerTerm((invariant, detail) -> reports.add(invariant + ": " + detail));

  @Test
  void the_same_vote_twice_and_votes_of_others_are_no_offence() {
    property.onVoteSent(1, 4, 2);
    property.onVoteSent(1, 4, 2);
    property.onVoteSent(3, 4, 3);
    property.onVoteSent(1, 5, 3);
    assertThat(reports).isEmpty();
  }

  @Test
  void two_votes_in_one_term_are_reported_also_across_a_crash() {
    property.onVoteSent(1, 4, 2);
    property.onDown(1);
    property.onVoteSent(1, 4, 3);
    assertThat(reports).containsExactly("OneVotePerTerm: n1 voted for n2 and for n3 in term 4");
  }

  @Test
  void two_votes_in_one_term_are_none_if_the_disk_was_replaced_in_between() {
    property.onStore(1, 11);
    property.onVoteSent(1, 4, 2);
    property.onStore(1, 12);
    property.onVoteSent(1, 4, 3);
    assertThat(reports).isEmpty();
    property.onVoteSent(1, 4, 2);
    assertThat(reports).containsExactly("OneVotePerTerm: n1 voted for n3 and for n2 in term 4");
  }

  @Test
  void who_stood_has_no_vote_left_in_that_term() {
    property.onRole(1, Role.CANDIDATE, 4);
    property.onRole(1, Role.FOLLOWER, 4);
    property.onVoteSent(1, 5, 2);
    property.onVoteSent(2, 4, 3);
    assertThat(reports).isEmpty();
    property.onVoteSent(1, 4, 3);
    assertThat(reports).containsExactly("OneVotePerTerm: n1 stood in term 4 and voted for n3");
  }

  @Test
  void who_stood_and_was_down_may_have_forgotten_it() {
    property.onRole(1, Role.CANDIDATE, 4);
    property.onStarted(1, 3, 0, 0);
    property.onVoteSent(1, 4, 3);
    assertThat(reports).isEmpty();
  }
}
