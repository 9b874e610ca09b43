package dev.nucleusdb.raft.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FreshnessTest {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final Freshness freshness = new Freshness(ReadRule.RAFT, 500);

  @Test
  void a_mark_is_known_until_eight_others_were_made() {
    long mark = freshness.mark(10);
    for (int i = 0; i < 7; i++) {
      freshness.mark(20);
    }
    assertThat(freshness.momentOf(mark)).isEqualTo(10);
    freshness.mark(30);
    assertThat(freshness.momentOf(mark)).isEqualTo(UNKNOWN);
  }

  @Test
  void marks_of_another_life_of_the_future_and_none_are_not_known() {
    long mark = freshness.mark(10);
    assertThat(new Freshness(ReadRule.RAFT, 9_999).momentOf(mark)).isEqualTo(UNKNOWN);
    assertThat(freshness.momentOf(mark + 1)).isEqualTo(UNKNOWN);
    assertThat(freshness.momentOf(Freshness.NO_MARK)).isEqualTo(UNKNOWN);
  }

  @Test
  void no_mark_is_the_number_that_says_nothing() {
    Freshness early = new Freshness(ReadRule.RAFT, -1);
    long mark = early.mark(10);
    assertThat(mark).isNotEqualTo(Freshness.NO_MARK);
    assertThat(early.momentOf(mark)).isEqualTo(10);
  }

  @Test
  void a_state_is_as_young_as_the_last_confirmed_round_that_it_covers() {
    freshness.round(1, 1, 100, 5);
    freshness.round(1, 2, 200, 7);
    freshness.round(1, 3, 300, 9);
    assertThat(freshness.sinceNanos(9)).isEqualTo(UNKNOWN);
    freshness.confirmed(2, 7, 400);
    assertThat(freshness.sinceNanos(7)).isEqualTo(200);
    freshness.confirmed(1, 7, 400);
    assertThat(freshness.sinceNanos(7)).isEqualTo(200);
  }

  @Test
  void what_the_state_has_not_reached_counts_once_it_has_and_is_not_put_off_by_what_is_farther() {
    freshness.round(1, 1, 100, 5);
    freshness.confirmed(1, 4, 150);
    freshness.round(1, 2, 200, 8);
    freshness.confirmed(2, 4, 250);
    assertThat(freshness.sinceNanos(4)).isEqualTo(UNKNOWN);
    assertThat(freshness.sinceNanos(5)).isEqualTo(100);
    freshness.round(1, 3, 300, 9);
    freshness.confirmed(3, 9, 350);
    assertThat(freshness.sinceNanos(9)).isEqualTo(300);
  }

  @Test
  void rounds_of_an_earlier_term_are_not_confirmed_by_numbers_of_a_later_one() {
    freshness.round(1, 7, 100, 5);
    freshness.round(2, 1, UNKNOWN, 5);
    freshness.confirmed(8, 5, 200);
    assertThat(freshness.sinceNanos(5)).isEqualTo(UNKNOWN);
  }

  @Test
  void what_is_proven_stays_so_whoever_leads() {
    freshness.round(1, 1, 100, 5);
    freshness.confirmed(1, 5, 150);
    freshness.round(2, 1, 90, 5);
    freshness.confirmed(1, 5, 200);
    assertThat(freshness.sinceNanos(5)).isEqualTo(100);
  }

  @Test
  void who_rests_keeps_what_is_proven_and_forgets_marks_and_rounds() {
    freshness.round(3, 1, -400, 7);
    freshness.confirmed(1, 7, -380);
    freshness.round(3, 2, -300, 7);
    long mark = freshness.mark(-290);
    freshness.rest();
    assertThat(freshness.sinceNanos(7)).isEqualTo(-400);
    assertThat(freshness.momentOf(mark)).isEqualTo(UNKNOWN);
    freshness.confirmed(2, 7, -280);
    assertThat(freshness.sinceNanos(7)).isEqualTo(-400);
    long later = freshness.mark(-200);
    assertThat(freshness.momentOf(later)).isEqualTo(-200);
    assertThat(freshness.momentOf(mark)).isEqualTo(UNKNOWN);
    freshness.round(3, 3, -200, 7);
    freshness.confirmed(3, 7, -190);
    assertThat(freshness.sinceNanos(7)).isEqualTo(-200);
  }
}
