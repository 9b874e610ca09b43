package dev.nucleusdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `nucleus check` says of transactions.
class TransactionCheckTest {
  private static final String WRITE_SKEW =
      """
      {:process 0 :type :invoke :f :txn :value [[:append 3 1] [:r 4 nil]]}
      {:process 1 :type :invoke :f :txn :value [[:append 4 1] [:r 3 nil]]}
      {:process 0 :type :ok :f :txn :value [[:append 3 1] [:r 4 []]]}
      {:process 1 :type :ok :f :txn :value [[:append 4 1] [:r 3 nil]]}
      """;

  @TempDir Path folder = Path.of("");

  private Run check(String history, String... arguments) throws IOException {
    Path file = Files.writeString(folder.resolve("history"), history);
    String[] all = new String[arguments.length + 2];
    all[0] = "check";
    all[1] = file.toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Run.of(all);
  }

  @Test
  void strict_serializability_is_asked_for_unless_a_level_is_named() throws IOException {
    Run strict = check(WRITE_SKEW, "--model", "list-append");
    assertThat(strict.code()).isEqualTo(1);
    assertThat(strict.out())
        .contains(
            "INVALID: not strict-serializable: G2-item",
            "T1 -> T2 (rw): T1 read 4 as [], without 1, which T2 appended",
            "Strongest that holds: strong-snapshot-isolation");
    Run snapshot = check(WRITE_SKEW, "--model", "list-append", "--level", "snapshot-isolation");
    assertThat(snapshot.code()).isZero();
    assertThat(snapshot.out()).startsWith("VALID: 2 transactions are snapshot-isolation");
  }

  @Test
  void json_tells_the_standing_of_every_level() throws IOException {
    Run run = check(WRITE_SKEW, "--model", "list-append", "--json");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().strip().lines()).hasSize(1);
    assertThat(run.out())
        .contains(
            "\"level\":\"strict-serializable\",\"verdict\":\"violated: G2-item\"",
            "\"strongest\":[\"strong-snapshot-isolation\"]",
            "\"causal\":\"holds\"",
            "\"edges\":[\"rw\",\"rw\"]");
  }

  @Test
  void registers_are_judged_without_an_order_of_versions() throws IOException {
    String history =
        """
        {:process 0 :type :ok :f :txn :value [[:w 1 1] [:w 2 1]]}
        {:process 1 :type :ok :f :txn :value [[:r 1 1] [:r 2 nil]]}
        """;
    Run run = check(history, "--model", "rw-register", "--level", "read-atomic");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("not read-atomic: G-single", "Strongest that holds: strong-read-committed")
        .contains("An independent verifier has checked the proof.");
  }

  @Test
  void timestamps_are_judged_as_such() throws IOException {
    String history =
        """
        {"process":1,"type":"invoke","f":"txn","value":[["w","x",1]]}
        {"process":1,"type":"ok","f":"txn","value":[["w","x",1]],"start":4,"commit":5}
        {"process":2,"type":"invoke","f":"txn","value":[["r","x",null]]}
        {"process":2,"type":"ok","f":"txn","value":[["r","x",null]],"start":7}
        """;
    Run run = check(history, "--model", "timestamps", "--level", "snapshot-isolation");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("not snapshot-isolation: stale-snapshot", "that of T1 at 5")
        .contains("An independent verifier has checked the proof.");
  }

  @Test
  void time_and_memory_are_kept() throws IOException {
    StringBuilder history = new StringBuilder();
    for (int number = 0; number < 9_000; number++) {
      String steps = number % 2 == 0 ? "[:append 1 " + number + "]" : "[:r 1 []]";
      history.append("{:process ").append(number).append(" :type :ok :f :txn :value [");
      history.append(steps).append("]}\n");
    }
    String file = history.toString();
    Run tight = check(file, "--model", "list-append", "--memory", "8m", "--json");
    assertThat(tight.code()).isEqualTo(3);
    assertThat(tight.out())
        .contains("\"cause\":\"the bound on memory was reached, when 0 of 1 keys");
    Run late = check(file, "--model", "list-append", "--timeout", "1ms");
    assertThat(late.code()).isEqualTo(3);
    assertThat(late.out()).contains("was not decided: the deadline was reached");
    assertRefused(check(file, "--model", "list-append", "--memory", "1k"), "65536");
  }

  @Test
  void what_is_wrong_is_one_line_and_exit_code_2() throws IOException {
    assertRefused(
        check(WRITE_SKEW, "--model", "list-append", "--level", "perfect"), "perfect", "causal");
    assertRefused(
        check(WRITE_SKEW, "--model", "kv", "--level", "snapshot-isolation"), "snapshot-isolation");
    assertRefused(check("{:process 0 :type :ok :f :txn}", "--model", "list-append"), ":1:1: ");
    String twice =
        """
        {:process 0 :type :ok :f :txn :value [[:append 3 1]]}
        {:process 1 :type :ok :f :txn :value [[:append 3 1]]}
        """;
    assertRefused(check(twice, "--model", "list-append"), "appended to 3 by T1 (line 1)");
    assertRefused(check(twice, "--model", "timestamps"), "T1 (line 1) has no timestamp");
  }

  private static void assertRefused(Run run, String... words) {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err()).contains(words);
  }

  @Test
  void the_proof_is_verified_and_the_verdict_drawn() throws IOException {
    Path page = folder.resolve("verdict.html");
    Run run = check(WRITE_SKEW, "--model", "list-append", "--report", page.toString(), "--json");
    assertThat(run.err()).contains("An independent verifier has checked the proof.");
    assertThat(run.out()).contains("\"verified\":true");
    assertThat(page).content().contains("A cycle: G2-item");
    Run refused = check(WRITE_SKEW, "--model", "list-append", "--stream");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("--stream").hasLineCount(1);
  }
}
