package dev.nucleusdb.raft.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Scripts of our own in etcd's form, and what a wrong one is told.
class ScriptRunTest {
  @ParameterizedTest
  @CsvSource({"quorum.txt, 14", "change.txt, 11"})
  void our_scripts_pass(String name, int count) throws IOException {
    ScriptRun run =
        ScriptRun.of(name, Files.readString(Path.of("src/test/resources/scripts", name)));
    assertThat(run.failures()).isEmpty();
    assertThat(run.passedCount()).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({
    "'committed cfg=(1) idx=(7)', 8, 7",
    "committed, 7, ∞",
    "'vote cfg=(1) votes=(y)', VoteLost, VoteWon",
    "'vote cfg=(1) votes=(y,n)', VoteWon, error: mismatched input",
    "'vote cfg=(1) votes=(x)', VoteWon, 'not understood: a vote is y, n or _'",
    "'campaign 1', ok, there is no command campaign",
  })
  void what_is_not_as_expected_is_named_with_its_place(
      String directive, String expected, String got) {
    ScriptRun run = ScriptRun.of("a.txt", "\n" + directive + "\n----\n" + expected + "\n");
    assertThat(run.passedCount()).isZero();
    assertThat(run.failures()).containsExactly(new ScriptRun.Failure("a.txt:2", expected, got));
  }

  @Test
  void a_learner_that_should_be_a_voter_is_a_difference() {
    String script = "simple\nv1 l2\n----\nvoters=(1) learners=(2)\n1: x match=0\n2: x match=0\n";
    assertThat(ScriptRun.of("a.txt", script).failures())
        .extracting(ScriptRun.Failure::got)
        .containsExactly("voters=(1) learners=(2)\n1\n2 learner");
  }

  @Test
  void what_is_no_script_is_refused_with_its_line() {
    assertThatThrownBy(() -> ScriptRun.of("a.txt", "# so\nsimple\nv1\n"))
        .isInstanceOf(MalformedScriptException.class)
        .hasMessage("a.txt:2: no ---- follows");
    assertThatThrownBy(() -> ScriptRun.of("a.txt", "vote cfg=(1\n----\n"))
        .hasMessage("a.txt:1: no argument: cfg=(1");
  }
}
