package dev.nucleusdb.raft.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.election.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Majorities, against counting.
class VotersProperties {
  private static List<NodeId> ids(int count) {
    List<NodeId> ids = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      ids.add(new NodeId(i * 3));
    }
    return ids;
  }

  @Property
  void what_a_majority_reached_is_the_largest_value_that_a_majority_reached(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 0, max = 12) Integer> values) {
    Voters voters = new Voters(ids(values.size()));
    long[] array = values.stream().mapToLong(Integer::longValue).toArray();
    long expected = -1;
    for (long candidate : array) {
      long reached = Arrays.stream(array).filter(value -> value >= candidate).count();
      if (reached * 2 > array.length) {
        expected = Math.max(expected, candidate);
      }
    }
    assertThat(voters.reachedByMajority(array.clone())).isEqualTo(expected);
  }

  @Property
  void two_majorities_share_a_voter(@ForAll @IntRange(min = 1, max = 99) int count) {
    int majority = new Voters(ids(count)).majority();
    assertThat(2 * majority).isGreaterThan(count);
    assertThat(2 * (majority - 1)).isLessThanOrEqualTo(count);
  }

  @Property
  void an_election_is_won_by_more_than_half_of_the_voters_each_counted_once(
      @ForAll @IntRange(min = 1, max = 9) int count,
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 12) Integer> votes) {
    Tally tally = new Tally(new Voters(ids(count)));
    TreeSet<Integer> counted = new TreeSet<>();
    for (int vote : votes) {
      tally.grant(new NodeId(vote * 3));
      if (vote <= count) {
        counted.add(vote);
      }
      assertThat(tally.isWon()).isEqualTo(counted.size() * 2 > count);
    }
  }

  @Property
  void the_order_in_which_voters_are_named_does_not_matter(@ForAll long seed) {
    List<NodeId> shuffled = new ArrayList<>(ids(7));
    Collections.shuffle(shuffled, new Random(seed));
    Voters voters = new Voters(shuffled);
    assertThat(voters.ids()).isEqualTo(ids(7));
    assertThat(voters.placeOf(new NodeId(9))).isEqualTo(2);
    assertThat(voters.placeOf(new NodeId(10))).isEqualTo(-1);
  }

  @Example
  void groups_without_voters_or_with_one_twice_are_refused() {
    assertThatThrownBy(() -> new Voters(List.of())).hasMessage("a group needs at least one voter");
    assertThatThrownBy(() -> new Voters(List.of(new NodeId(1), new NodeId(1))))
        .hasMessage("a voter is named twice in [n1, n1]");
  }
}
