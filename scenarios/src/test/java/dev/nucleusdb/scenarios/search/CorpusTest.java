package dev.nucleusdb.scenarios.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.scenarios.DigestedWorlds;
import dev.nucleusdb.sim.trace.Violation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a campaign comes back to.
class CorpusTest {
  private static Map<Long, Long> seen(long... statesAndTimes) {
    Map<Long, Long> seen = new LinkedHashMap<>();
    for (int i = 0; i < statesAndTimes.length; i += 2) {
      seen.put(statesAndTimes[i], statesAndTimes[i + 1]);
    }
    return seen;
  }

  @Test
  void a_world_that_reaches_nothing_new_is_not_kept() {
    Corpus corpus = new Corpus(1);
    assertThat(corpus.add(new WorldChoice(1, null), seen(7, 100, 8, 200))).isEqualTo(2);
    assertThat(corpus.add(new WorldChoice(2, null), seen(7, 10, 8, 20))).isZero();
    assertThat(corpus.entries()).containsExactly(new Corpus.Entry(1, 200, 2));
    assertThat(corpus.stateCount()).isEqualTo(2);
  }

  @Test
  void about_half_of_the_choices_leave_a_kept_world_before_its_new_state() {
    Corpus corpus = new Corpus(1);
    corpus.add(new WorldChoice(5, null), seen(7, 30_000_000_000L));
    int branches = 0;
    for (long fresh = 100; fresh < 120; fresh++) {
      WorldChoice choice = corpus.choose(fresh);
      if (choice.branch() == null) {
        assertThat(choice.seed()).isEqualTo(fresh);
      } else {
        branches++;
        assertThat(choice.seed()).isEqualTo(5);
        assertThat(choice.branch().atNanos()).isBetween(28_000_000_000L, 30_000_000_000L);
      }
    }
    assertThat(branches).isBetween(5, 15);
  }

  @Test
  void a_kept_world_that_brings_nothing_more_is_given_up() {
    Corpus corpus = new Corpus(1);
    corpus.add(new WorldChoice(5, null), seen(7, 30_000_000_000L));
    for (int i = 0; i < 100; i++) {
      corpus.choose(i);
    }
    assertThat(corpus.entries()).isEmpty();
  }

  @Test
  void a_corpus_goes_on_from_where_another_ended() {
    Corpus first = new Corpus(1);
    first.add(new WorldChoice(5, null), seen(7, 100));
    Corpus second = new Corpus(1);
    second.restore(first.states(), first.entries());
    assertThat(second.add(new WorldChoice(6, null), seen(7, 50))).isZero();
    assertThat(second.entries()).isEqualTo(first.entries());
  }

  @Test
  void worlds_go_through_states_and_the_same_world_through_the_same() {
    ClusterStates once = new ClusterStates();
    ClusterStates again = new ClusterStates();
    DigestedWorlds.run(3, once);
    DigestedWorlds.run(3, again);
    assertThat(once.firstSeen()).hasSizeGreaterThan(10).isEqualTo(again.firstSeen());
    Set<Long> others = new LinkedHashSet<>();
    for (long seed = 4; seed < 10; seed++) {
      ClusterStates other = new ClusterStates();
      DigestedWorlds.run(seed, other);
      others.addAll(other.firstSeen().keySet());
    }
    assertThat(others).hasSizeGreaterThan(once.firstSeen().size());
  }

  @Test
  void failures_that_differ_in_names_and_numbers_are_of_one_class() {
    FailureClass one =
        FailureClass.of(new Violation("OneVotePerTerm", 5, "n5 voted for n4 and for n2 in term 2"));
    FailureClass two =
        FailureClass.of(new Violation("OneVotePerTerm", 9, "n1 voted for n3 and for n2 in term 7"));
    FailureClass three = FailureClass.of(new Violation("Liveness", 9, "not-served: [c1, c2]"));
    FailureClass four = FailureClass.of(new Violation("Liveness", 9, "not-served: [c9]"));
    assertThat(one).isEqualTo(two).isNotEqualTo(three);
    assertThat(three).isEqualTo(four);
    assertThat(List.of(one.toString()))
        .containsExactly("OneVotePerTerm: n# voted for n# and for n# in term #");
  }
}
