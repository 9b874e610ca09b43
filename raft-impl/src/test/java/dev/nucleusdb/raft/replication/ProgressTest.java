package dev.nucleusdb.raft.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.raft.replication.Progress.Mode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// What a leader knows of a follower.
class ProgressTest {
  private static final int WINDOW = 2;
  private final Progress progress = new Progress(11, WINDOW, 0);

  private void replicating() {
    progress.sent(10, 0);
    progress.accepted(10, 0);
  }

  @Test
  void a_new_leader_probes_with_one_request() {
    assertThat(progress.mode()).isEqualTo(Mode.PROBE);
    assertThat(progress.matchIndex()).isZero();
    assertThat(progress.maySend()).isTrue();
    progress.sent(12, 0);
    assertThat(progress.maySend()).isFalse();
    assertThat(progress.nextIndex()).isEqualTo(11);
  }

  @Test
  void an_accepted_probe_opens_the_window() {
    progress.sent(12, 0);
    assertThat(progress.accepted(12, 0)).isTrue();
    assertThat(progress.mode()).isEqualTo(Mode.REPLICATE);
    assertThat(progress.nextIndex()).isEqualTo(13);
    progress.sent(13, 0);
    progress.sent(14, 0);
    assertThat(progress.maySend()).isFalse();
    assertThat(progress.accepted(13, 0)).isTrue();
    assertThat(progress.maySend()).isTrue();
    assertThat(progress.nextIndex()).isEqualTo(15);
  }

  @Test
  void a_heartbeat_below_the_probe_ends_no_probing() {
    progress.sent(12, 0);
    assertThat(progress.accepted(3, 0)).isTrue();
    assertThat(progress.mode()).isEqualTo(Mode.PROBE);
    assertThat(progress.maySend()).isFalse();
  }

  @Test
  void old_news_is_no_news_and_match_never_falls() {
    replicating();
    assertThat(progress.accepted(10, 0)).isFalse();
    assertThat(progress.accepted(4, 0)).isFalse();
    assertThat(progress.matchIndex()).isEqualTo(10);
  }

  @Test
  void a_rejected_probe_moves_to_the_hint() {
    progress.sent(12, 0);
    assertThat(progress.rejected(10, 6)).isTrue();
    assertThat(progress.nextIndex()).isEqualTo(7);
    assertThat(progress.maySend()).isTrue();
  }

  @Test
  void a_hint_that_leads_nowhere_still_moves_one_back() {
    progress.sent(12, 0);
    assertThat(progress.rejected(10, 99)).isTrue();
    assertThat(progress.nextIndex()).isEqualTo(10);
  }

  @Test
  void an_old_rejection_says_nothing() {
    progress.sent(12, 0);
    progress.rejected(10, 6);
    assertThat(progress.rejected(10, 2)).isFalse();
    assertThat(progress.nextIndex()).isEqualTo(7);
    progress.sent(8, 0);
    progress.accepted(8, 0);
    assertThat(progress.rejected(6, 2)).isFalse();
    assertThat(progress.rejected(8, 2)).isFalse();
    assertThat(progress.mode()).isEqualTo(Mode.REPLICATE);
  }

  @Test
  void a_rejection_ahead_of_what_matches_falls_back_to_probing_but_never_below_it() {
    replicating();
    progress.sent(11, 0);
    assertThat(progress.rejected(11, 2)).isTrue();
    assertThat(progress.mode()).isEqualTo(Mode.PROBE);
    assertThat(progress.nextIndex()).isEqualTo(11);
  }

  @Test
  void silence_is_given_up_after_its_time_and_not_before() {
    replicating();
    assertThat(progress.giveUpSilence(1_000, 100)).isFalse();
    progress.sent(11, 1_000);
    progress.sent(12, 1_050);
    assertThat(progress.giveUpSilence(1_099, 100)).isFalse();
    assertThat(progress.giveUpSilence(1_100, 100)).isTrue();
    assertThat(progress.mode()).isEqualTo(Mode.PROBE);
    assertThat(progress.nextIndex()).isEqualTo(11);
    progress.sent(12, 1_100);
    assertThat(progress.giveUpSilence(1_199, 100)).isFalse();
    assertThat(progress.giveUpSilence(1_200, 100)).isTrue();
    assertThat(progress.nextIndex()).isEqualTo(11);
  }

  @Test
  void an_answered_request_starts_the_patience_anew() {
    replicating();
    progress.sent(11, 0);
    progress.sent(12, 0);
    progress.accepted(11, 90);
    assertThat(progress.giveUpSilence(150, 100)).isFalse();
    assertThat(progress.giveUpSilence(190, 100)).isTrue();
    assertThat(progress.nextIndex()).isEqualTo(12);
  }

  @Test
  void rounds_only_rise() {
    progress.heard(5, 7);
    progress.heard(3, 9);
    assertThat(progress.round()).isEqualTo(5);
    assertThat(progress.heardNanos()).isEqualTo(9);
  }

  @Property(tries = 500)
  void match_stays_below_next_and_never_falls_and_the_window_holds(@ForAll long seed) {
    SplitMix random = new SplitMix(seed);
    Progress any = new Progress(random.nextInt(20) + 1, WINDOW, 0);
    long match = 0;
    for (int now = 0; now < 200; now++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          if (any.maySend()) {
            any.sent(any.nextIndex() - 1 + random.nextInt(4), now);
          }
        }
        case 2 -> any.accepted(random.nextBetween(0, any.nextIndex() + 3), now);
        case 3 -> any.rejected(random.nextInt(40), random.nextInt(40));
        default -> any.giveUpSilence(now, 20);
      }
      assertThat(any.matchIndex()).isGreaterThanOrEqualTo(match).isLessThan(any.nextIndex());
      match = any.matchIndex();
    }
  }
}
