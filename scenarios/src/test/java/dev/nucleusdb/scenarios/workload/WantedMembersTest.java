package dev.nucleusdb.scenarios.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.random.SplitMix;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an administrator wishes for.
final class WantedMembersTest {

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 7, 9})
  void wishes_leave_enough_voters_and_are_read_as_they_were_written(int nodeCount) {
    SplitMix random = new SplitMix(nodeCount);
    TreeSet<Integer> counts = new TreeSet<>();
    WantedMembers wish = WantedMembers.all(nodeCount);
    boolean leaderGoes = false;
    for (int i = 0; i < 500; i++) {
      wish = wish.next(nodeCount, 1 + i % nodeCount, random);
      assertThat(WantedMembers.parse(wish.toString())).isEqualTo(wish);
      assertThat(wish.voters()).isSorted();
      assertThat(wish.learners()).isSorted().noneMatch(wish.voters()::contains);
      assertThat(wish.voters()).allMatch(id -> id >= 1 && id <= nodeCount);
      counts.add(wish.voters().size());
      leaderGoes |= !wish.voters().contains(1 + i % nodeCount);
    }
    assertThat(counts.first()).isEqualTo(nodeCount == 3 ? 2 : 3);
    assertThat(counts.last()).isEqualTo(nodeCount);
    assertThat(leaderGoes).isTrue();
  }

  @Test
  void words_that_are_no_wish_are_refused() {
    assertThatThrownBy(() -> WantedMembers.parse("members:1+"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do=members:1+ is no members:ID+ID");
  }
}
