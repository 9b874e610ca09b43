package dev.nucleusdb.linearizability.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.Catalogue;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.level.LevelChecker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LevelTextTest {
  private static String text(String row) {
    Catalogue.Row found = Catalogue.row(row);
    return LevelText.text(LevelChecker.check(found.history(), found.model(), Limits.defaults()));
  }

  @Test
  void a_linearizable_history_is_at_all_levels() {
    assertThat(text("L01"))
        .startsWith("STRONGEST LEVEL: linearizable\n")
        .contains("  pram                 holds, as linearizable does\n")
        .doesNotContain("violated", "look back");
  }

  @Test
  void each_conflict_is_drawn_once_under_the_level_that_it_breaks() {
    assertThat(text("L31"))
        .contains("  sequential           violated, as pram is\n")
        .contains("Not together: monotonic-reads and monotonic-writes\n")
        .containsOnlyOnce("Not pram: process 1 cannot have seen this\n")
        .doesNotContain("Not sequential", "Not causal");
    assertThat(text("L09")).contains("Not sequential: clients cannot have seen this together\n");
  }

  @Test
  void staleness_stands_in_a_table() {
    assertThat(text("L10")).contains("  the object                     30            3\n");
    assertThat(text("L08")).contains("  the object                   none         none\n");
    assertThat(text("Q4")).contains("  the object                     10            -\n");
  }

  @Test
  void what_was_not_decided_says_why() {
    AtomicLong clock = new AtomicLong();
    Limits limits = Limits.defaults().within(Duration.ofNanos(1), () -> clock.getAndAdd(1));
    Catalogue.Row row = Catalogue.row("L09");
    assertThat(LevelText.text(LevelChecker.check(row.history(), row.model(), limits)))
        .contains("unknown: the deadline passed");
    assertThat(text("Q1")).contains("unknown: this object's answers do not tell");
  }
}
