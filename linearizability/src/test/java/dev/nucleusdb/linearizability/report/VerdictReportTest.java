package dev.nucleusdb.linearizability.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Sketch;
import dev.nucleusdb.linearizability.model.Models;
import org.junit.jupiter.api.Test;

final class VerdictReportTest {
  private static String report(String model, long bound, String... operations) {
    return VerdictReport.text(
        LinearizabilityChecker.check(
            Sketch.of(operations), Models.named(model), Limits.configurations(bound)));
  }

  @Test
  void a_violation_is_drawn_with_its_reason() {
    assertThat(
            report(
                "kv",
                1000,
                "A: put(x) 1 [0,1]",
                "B: put(x) 2 [2,5]",
                "C: get(x) > 2 [3,4]",
                "A: get(x) > 1 [6,7]",
                "D: put(x) 3 [1~",
                "E: get(y) > absent [1,2]"))
        .isEqualTo(
            """
            INVALID: no order of operations explains what was seen of key x

              process 0  |-put x 1-|                  |-get x -> 1-|
              process 1              |-put x 2------|
              process 2               |-get x -> 2-|
                         ───────────────────────────────────────────► time

            When "get x -> 1" of process 0 returned, x could only be 2 or 3.
            Left out: 1 operation(s). Whether or not each of them happened, this stands.
            """);
  }

  @Test
  void crashed_operations_run_on_for_ever() {
    assertThat(
            report(
                "cas-register:0", 1000, "A: write 1 [0~", "B: read > 1 [1,2]", "B: read > 0 [3,4]"))
        .contains("|-write 1~~~")
        .contains(">\n");
  }

  @Test
  void long_values_are_cut_in_the_middle() {
    String text = "a".repeat(70) + "b".repeat(70);
    assertThat(report("cas-register:0", 1000, "A: read > " + text + " [0,1]"))
        .contains("aaa…bbb")
        .doesNotContain("a".repeat(31));
  }

  @Test
  void a_valid_history_is_one_line() {
    assertThat(report("kv", 1000, "A: put(x) 1 [0,1]"))
        .isEqualTo(
            "VALID: one order explains all 1 operations on 1 object(s), after 1 configurations\n");
  }

  @Test
  void an_undecided_one_says_how_far_it_came() {
    assertThat(report("kv", 1, "A: put(x) 1 [0,9]", "B: put(x) 2 [0,9]", "C: get(x) > 1 [10,11]"))
        .startsWith(
            "UNKNOWN: the bound on configurations was reached of key x after 0 of 3 returns");
  }
}
