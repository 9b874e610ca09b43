package dev.nucleusdb.linearizability.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.Sketch;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.model.Models;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LevelTest {
  @Test
  void implication_is_an_order() {
    for (Level one : Level.values()) {
      assertThat(one.implies(one)).isTrue();
      for (Level two : Level.values()) {
        assertThat(one != two && one.implies(two) && two.implies(one)).isFalse();
        for (Level three : Level.values()) {
          assertThat(one.implies(two) && two.implies(three) && !one.implies(three)).isFalse();
        }
      }
    }
  }

  @Test
  void a_level_is_found_by_its_word_and_an_unknown_word_lists_them() {
    for (Level level : Level.values()) {
      assertThat(Level.named(level.word())).isEqualTo(level);
    }
    assertThatThrownBy(() -> Level.named("eventual"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eventual")
        .hasMessageContaining("writes-follow-reads");
  }

  @Test
  void operations_of_one_client_that_touch_are_in_no_order() {
    History touching = Sketch.of("A: write 1 [0,10]", "A: read > 0 [10,20]", "B: read > 2 [0,1]");
    assertThat(strongest(touching, "cas-register:0")).isEmpty();
    History apart = Sketch.of("A: write 1 [0,10]", "A: read > 0 [11,20]");
    assertThat(strongest(apart, "cas-register:0")).doesNotContain(Level.READ_YOUR_WRITES);
    History alone = Sketch.of("A: write 1 [0,10]", "A: read > 0 [10,20]");
    assertThat(strongest(alone, "cas-register:0")).containsExactly(Level.LINEARIZABLE);
  }

  @Test
  void who_goes_on_after_a_crash_does_not_wait_for_it() {
    History history =
        Sketch.of(
            "A: write 1 [0~",
            "A: read > 0 [2,3]",
            "B: read > 1 [4,5]",
            "A: read > 0 [6,7]",
            "A: read > 1 [8,9]");
    assertThat(strongest(history, "cas-register:0")).containsExactly(Level.SEQUENTIAL);
  }

  @Test
  void values_written_more_than_once_are_tried_until_a_bound() {
    List<String> sketch =
        new ArrayList<>(
            List.of(
                "A: put(x) 1 [0,1]",
                "B: get(x) > 1 [2,3]",
                "B: put(y) 1 [4,5]",
                "C: get(y) > 1 [6,7]",
                "C: get(x) > 0 [8,9]",
                "D: put(x) 1 [0,1]"));
    LevelVerdict few = causal(sketch);
    assertThat(few).isInstanceOf(LevelVerdict.Violated.class);
    sketch.add("D: put(z) 1 [10,11]");
    sketch.add("D: put(z) 1 [12,13]");
    for (int number = 0; number < 13; number++) {
      sketch.add("E: get(z) > 1 [%d,%d]".formatted(20 + 2 * number, 21 + 2 * number));
    }
    assertThat(causal(sketch)).isEqualTo(new LevelVerdict.Undecided(LevelVerdict.Reason.AMBIGUOUS));
    sketch.set(5, "D: put(x) 2 [0,1]");
    assertThat(causal(sketch)).isInstanceOf(LevelVerdict.Violated.class);
  }

  @Test
  void crashed_operations_of_one_action_may_each_happen_once() {
    List<String> sketch =
        new ArrayList<>(
            List.of(
                "A: write 1 [0~",
                "B: write 1 [0~",
                "C: read > 1 [1,2]",
                "C: write 2 [3,4]",
                "C: read > 1 [5,6]",
                "D: write 5 [0,1]",
                "E: read > 0 [7,8]"));
    assertThat(strongest(Sketch.of(sketch.toArray(String[]::new)), "cas-register:0"))
        .containsExactly(Level.SEQUENTIAL);
    sketch.add("C: write 2 [9,10]");
    sketch.add("C: read > 1 [11,12]");
    assertThat(strongest(Sketch.of(sketch.toArray(String[]::new)), "cas-register:0"))
        .doesNotContain(Level.SEQUENTIAL, Level.PRAM);
  }

  @Test
  void a_crashed_write_that_nobody_read_may_be_why_a_swap_was_refused() {
    History history =
        Sketch.of(
            "A: put(x) 1 [0~",
            "B: cas(x) 0 2 > false [1,2]",
            "C: put(y) 3 [3,4]",
            "D: get(y) > 0 [5,6]");
    assertThat(strongest(history, "kv:0")).containsExactly(Level.SEQUENTIAL);
  }

  @Test
  void a_conflict_shows_no_more_context_than_it_needs() {
    History history =
        Sketch.of(
            "A: write 1 [0,100]",
            "B: write 2 [0,100]",
            "E: write 3 [0,100]",
            "E: read > 3 [200,201]",
            "C: read > 1 [1,2]",
            "C: read > 2 [3,4]",
            "D: read > 2 [1,2]",
            "D: read > 1 [3,4]");
    assertThat(
            LevelChecker.check(history, Models.named("cas-register:0"), Limits.defaults())
                .of(Level.SEQUENTIAL))
        .isInstanceOfSatisfying(
            LevelVerdict.Violated.class,
            violated -> {
              Conflict conflict = violated.conflict();
              assertThat(conflict.operations()).hasSize(6);
              assertThat(conflict.context().stream().map(one -> one.action().toString()))
                  .containsExactly("write 1", "write 2");
              assertThat(conflict.omitted()).hasSize(2);
            });
  }

  private static LevelVerdict causal(List<String> sketch) {
    History history = Sketch.of(sketch.toArray(String[]::new));
    return LevelChecker.check(history, Models.named("kv:0"), Limits.defaults()).of(Level.CAUSAL);
  }

  @Test
  void a_bound_on_configurations_leaves_levels_open() {
    String[] appends = new String[10];
    for (int client = 0; client < 9; client++) {
      appends[client] = "%c: append(x) %d [0,1]".formatted('A' + client, client);
    }
    appends[9] = "Z: get(x) > none [2,3]";
    LevelReport report =
        LevelChecker.check(Sketch.of(appends), Models.named("kv"), Limits.configurations(50));
    assertThat(report.of(Level.SEQUENTIAL))
        .isEqualTo(new LevelVerdict.Undecided(LevelVerdict.Reason.CONFIGURATIONS));
    assertThat(report.strongest()).isEmpty();
  }

  private static List<Level> strongest(History history, String model) {
    return LevelChecker.check(history, Models.named(model), Limits.defaults()).strongest();
  }
}
