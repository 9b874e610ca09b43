package dev.nucleusdb.bitcask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.bitcask.merge.InstallStep;
import dev.nucleusdb.bitcask.recovery.TailRule.Judgement;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A wrong answer to any of the rules does not go unnoticed. What a frame check and a too lenient
/// tail rule let through takes damage to show: see `DamageTest`.
class BrokenRulesTest {
  private static final BitcaskRules RIGHT = BitcaskRules.DEFAULT;

  @Test
  void the_first_record_must_not_win() {
    assertCaught(RIGHT.withSupersede((found, known) -> found < known));
  }

  @Test
  void the_last_file_must_not_win() {
    assertCaught(RIGHT.withSupersede((found, known) -> true));
  }

  @Test
  void a_torn_end_must_not_be_refused() {
    assertCaught(RIGHT.withTail((badOffset, durableBytes) -> Judgement.CORRUPT));
  }

  @Test
  void tombstones_must_not_be_dropped_by_every_merge() {
    assertCaught(RIGHT.withTombstone((tombstone, lowestOutside) -> true));
  }

  @Test
  void a_merge_must_not_bring_back_what_has_been_overwritten() {
    assertCaught(RIGHT.withMove((current, copied) -> true));
  }

  @Test
  void inputs_must_not_be_deleted_before_the_switch() {
    assertCaught(
        RIGHT.withInstallOrder(() ->
            List.of(
                InstallStep.SYNC_WITNESSES,
                InstallStep.SYNC_OUTPUTS,
                InstallStep.MOVE_INDEX,
                InstallStep.DELETE_INPUTS,
                InstallStep.SWITCH_MANIFEST)));
  }

  @Test
  void outputs_must_not_be_named_before_they_are_durable() {
    assertCaught(
        RIGHT.withInstallOrder(() ->
            List.of(
                InstallStep.SYNC_WITNESSES,
                InstallStep.SWITCH_MANIFEST,
                InstallStep.SYNC_OUTPUTS,
                InstallStep.MOVE_INDEX,
                InstallStep.DELETE_INPUTS)));
  }

  @Test
  void dead_records_must_not_be_dropped_while_what_replaced_them_can_be_lost() {
    assertCaught(
        RIGHT.withInstallOrder(() ->
            List.of(
                InstallStep.SYNC_OUTPUTS,
                InstallStep.SWITCH_MANIFEST,
                InstallStep.MOVE_INDEX,
                InstallStep.DELETE_INPUTS)));
  }

  @Test
  void a_sync_must_not_claim_what_was_written_after_it_was_asked_for() {
    assertCaught(RIGHT.withSynced((atCall, atCompletion) -> atCompletion));
  }

  private static void assertCaught(BitcaskRules broken) {
    int caught = 0;
    for (long seed = 1; seed <= 1000 && caught == 0; seed++) {
      try {
        Workload.run(seed, 250, broken);
      } catch (AssertionError | RuntimeException violation) {
        caught++;
      }
    }
    assertThat(caught).as("a broken rule that no life notices").isPositive();
  }
}
