package dev.nucleusdb.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Which completed write makes what durable.
class DurabilityTest {
  private final Durability durability = new Durability(5);

  @Test
  void a_log_that_was_read_from_the_disk_is_durable() {
    assertThat(durability.durableIndex()).isEqualTo(5);
    assertThat(durability.isDurable(0)).isTrue();
    assertThat(durability.isHardStateDurable()).isTrue();
  }

  @Test
  void writes_are_numbered_by_one_and_durable_once_they_are_reported() {
    assertThat(durability.issue(6, false)).isEqualTo(1);
    assertThat(durability.issue(8, false)).isEqualTo(2);
    durability.persisted(1);
    assertThat(durability.durableIndex()).isEqualTo(6);
    assertThat(durability.isDurable(2)).isFalse();
    durability.persisted(2);
    assertThat(durability.durableIndex()).isEqualTo(8);
  }

  @Test
  void a_report_speaks_for_all_writes_before_it() {
    durability.issue(6, false);
    durability.issue(7, false);
    durability.issue(9, false);
    durability.persisted(2);
    assertThat(durability.durableIndex()).isEqualTo(7);
    assertThat(durability.isDurable(1)).isTrue();
    assertThat(durability.isDurable(3)).isFalse();
  }

  @Test
  void the_hard_state_is_durable_with_the_write_that_carries_it() {
    durability.issue(5, true);
    durability.issue(6, false);
    assertThat(durability.isHardStateDurable()).isFalse();
    durability.persisted(1);
    assertThat(durability.isHardStateDurable()).isTrue();
  }

  @Test
  void a_cut_lowers_what_is_durable() {
    durability.truncatedFrom(3, LogRule.RAFT);
    assertThat(durability.durableIndex()).isEqualTo(2);
    durability.truncatedFrom(9, LogRule.RAFT);
    assertThat(durability.durableIndex()).isEqualTo(2);
  }

  @Test
  void a_write_from_before_a_cut_says_nothing_about_what_came_after_it() {
    durability.issue(8, false);
    durability.truncatedFrom(7, LogRule.RAFT);
    durability.issue(9, false);
    durability.persisted(1);
    assertThat(durability.durableIndex()).isEqualTo(6);
    durability.persisted(2);
    assertThat(durability.durableIndex()).isEqualTo(9);
  }
}
