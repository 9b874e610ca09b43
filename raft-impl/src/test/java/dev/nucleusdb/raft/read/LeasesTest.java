package dev.nucleusdb.raft.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Times are in units of which a lease has 320, so that a part of one has 10.
final class LeasesTest {
  private static final LeaseOptions OPTIONS = LeaseOptions.of(Duration.ofNanos(320));

  private final Leases leases = new Leases(OPTIONS, LeaseRule.RAFT);

  private void reignOverAnEmptyLog(long nowNanos) {
    leases.reignBegins(1, 0, nowNanos);
  }

  @Test
  void a_lease_is_counted_from_the_making_of_its_entry_and_held_once_that_is_committed() {
    reignOverAnEmptyLog(0);
    leases.appended(1, 100);
    assertThat(leases.mayRead(0, 150)).isFalse();
    leases.committed(1, 300);
    assertThat(leases.leftNanos(300)).isEqualTo(120);
    assertThat(leases.mayRead(1, 419)).isTrue();
    assertThat(leases.mayRead(1, 420)).isFalse();
  }

  @Test
  void entries_of_one_part_count_from_its_beginning() {
    reignOverAnEmptyLog(0);
    leases.appended(1, 100);
    leases.appended(2, 109);
    leases.appended(3, 110);
    leases.committed(2, 120);
    assertThat(leases.leftNanos(120)).isEqualTo(300);
    leases.committed(3, 120);
    assertThat(leases.leftNanos(120)).isEqualTo(310);
  }

  @Test
  void more_parts_than_are_kept_lose_the_oldest_which_are_too_old_for_a_lease() {
    reignOverAnEmptyLog(0);
    for (int i = 1; i <= 1000; i++) {
      leases.appended(i, 10L * i);
    }
    leases.committed(900, 10_000);
    assertThat(leases.leftNanos(10_000)).isZero();
    leases.committed(1000, 10_000);
    assertThat(leases.leftNanos(10_000)).isEqualTo(320);
  }

  @Test
  void a_new_leader_waits_from_when_it_learned_of_the_newest_entry_of_others() {
    leases.appended(7, 1_000);
    leases.reignBegins(3, 7, 1_100);
    leases.appended(8, 1_100);
    assertThat(leases.deadlineNanos()).isEqualTo(1_480);
    assertThat(leases.waitsNanos(1_100)).isEqualTo(380);
    assertThat(leases.mayCommit(1_479)).isFalse();
    assertThat(leases.isDue(1_480)).isTrue();
    assertThat(leases.mayCommit(1_480)).isTrue();
    assertThat(leases.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void what_was_given_up_is_waited_for_in_no_term_but_the_next() {
    leases.appended(7, 1_000);
    leases.released(3, 7);
    leases.reignBegins(3, 7, 1_100);
    assertThat(leases.mayCommit(1_100)).isTrue();
    leases.reignEnds();
    leases.reignBegins(4, 7, 1_200);
    assertThat(leases.mayCommit(1_200)).isFalse();
    leases.reignEnds();
    leases.released(5, 6);
    leases.reignBegins(5, 7, 1_300);
    assertThat(leases.mayCommit(1_300)).isFalse();
  }

  @Test
  void nothing_that_was_made_before_a_lease_was_given_up_is_one_afterwards() {
    reignOverAnEmptyLog(0);
    leases.appended(1, 100);
    leases.appended(2, 150);
    leases.committed(1, 160);
    assertThat(leases.giveUp(2, 160)).isEqualTo(2);
    leases.committed(2, 170);
    assertThat(leases.mayRead(2, 170)).isFalse();
    leases.appended(3, 180);
    leases.committed(3, 190);
    assertThat(leases.mayRead(3, 190)).isTrue();
  }

  @Test
  void who_waits_itself_gives_nothing_up_for_others() {
    leases.appended(7, 1_000);
    leases.reignBegins(3, 7, 1_100);
    assertThat(leases.giveUp(8, 1_200)).isZero();
    assertThat(leases.giveUp(8, 1_480)).isEqualTo(8);
  }

  @Test
  void an_inherited_lease_lasts_for_what_was_left_and_not_beyond_the_own_length() {
    leases.appended(7, 1_000);
    leases.heardLease(1_000, 200);
    leases.reignBegins(3, 7, 1_100);
    assertThat(leases.mayRead(7, 1_199)).isTrue();
    assertThat(leases.mayRead(6, 1_199)).as("in limbo").isFalse();
    assertThat(leases.mayRead(7, 1_200)).isFalse();
    leases.heardLease(1_000, Long.MAX_VALUE);
    assertThat(leases.mayRead(7, 1_319)).isTrue();
    assertThat(leases.mayRead(7, 1_320)).isFalse();
  }

  @Test
  void an_entry_is_wanted_if_somebody_reads_and_the_newest_is_half_a_lease_old() {
    reignOverAnEmptyLog(0);
    leases.appended(1, 100);
    leases.wanted();
    assertThat(leases.isEntryWanted(260)).isFalse();
    assertThat(leases.isEntryWanted(261)).as("nobody reads").isFalse();
    leases.wanted();
    assertThat(leases.isEntryWanted(261)).isTrue();
  }

  @Test
  void without_leases_nobody_waits_and_nobody_reads_alone() {
    Leases off = new Leases(LeaseOptions.OFF, LeaseRule.RAFT);
    off.appended(7, 1_000);
    off.heardLease(1_000, 200);
    off.reignBegins(3, 7, 1_000);
    off.appended(8, 1_000);
    assertThat(off.mayCommit(1_000)).isTrue();
    off.committed(8, 1_001);
    off.wanted();
    assertThat(off.mayRead(8, 1_001)).isFalse();
    assertThat(off.isEntryWanted(10_000)).isFalse();
    assertThat(off.giveUp(8, 1_001)).isZero();
  }

  @Test
  void a_leader_that_rests_holds_its_lease_and_counts_entries_anew_afterwards() {
    reignOverAnEmptyLog(0);
    leases.appended(1, 100);
    leases.rest();
    leases.committed(1, 110);
    leases.rest();
    assertThat(leases.leftNanos(110)).isEqualTo(310);
    leases.appended(2, 200);
    leases.committed(2, 210);
    assertThat(leases.leftNanos(210)).isEqualTo(310);
  }
}
