package dev.nucleusdb.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nucleusdb.cli.Run;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import dev.nucleusdb.linearizability.reader.HistoryReader;
import dev.nucleusdb.linearizability.reader.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The second opinion, with a stand-in for Knossos that is called in the same way. The tests of the
/// real one run where the system property `knossos.classpath` names a folder with its jars.
final class SecondOpinionTest {
  /// A crashed write that a later read saw.
  private static final String VALID =
      """
      {:process 0 :type :invoke :f :write :value 1}
      {:process 0 :type :info :f :write :value 1}
      {:process 1 :type :invoke :f :read :value nil}
      {:process 1 :type :ok :f :read :value 1}
      """;

  private static final String INVALID = VALID.replace("read :value 1", "read :value 2");

  /// Fails unless it is called as Knossos must be.
  private static final String CHECKS =
      """
      (ns knossos.competition)
      (defn well-formed [history options]
        (assert (pos? (:time-limit options)))
        (assert (vector? history))
        (doseq [op history]
          (assert (contains? op :f))
          (when (and (= :info (:type op)) (= :write (:f op))) (assert (some? (:value op))))))
      """;

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void copyClojure() throws IOException {
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path jar = Path.of(entry);
      if (jar.toString().contains("clojure") && jar.toString().endsWith(".jar")) {
        Files.copy(jar, folder.resolve(jar.getFileName()));
      }
    }
    Files.createDirectory(folder.resolve("knossos"));
    Files.writeString(
        folder.resolve("knossos/model.clj"),
        "(ns knossos.model) (defn cas-register ([] nil) ([value] value))");
  }

  private void standIn(String analysis) throws IOException {
    Files.writeString(
        folder.resolve("knossos/competition.clj"),
        CHECKS
            + "(defn analysis [model history options] (well-formed history options) "
            + analysis
            + ")");
  }

  private SecondOpinion.Outcome ask(String text) throws Exception {
    return ask(text, folder, Duration.ofSeconds(60));
  }

  private static SecondOpinion.Outcome ask(String text, @Nullable Path folder, Duration grace)
      throws Exception {
    Model<?> model = Models.named("cas-register:0");
    History history = HistoryReader.read("test", text, ReadOptions.defaults());
    Verdict verdict = LinearizabilityChecker.check(history, model, Limits.defaults());
    SecondOpinion opinion = new SecondOpinion();
    opinion.judge = SecondOpinion.Judge.KNOSSOS;
    opinion.folder = folder;
    opinion.grace = grace;
    return opinion.on(history, model, verdict, Duration.ofSeconds(1));
  }

  @Test
  void verdicts_are_compared() throws Exception {
    standIn("{:valid? (not-any? #(= 2 (:value %)) history)}");
    assertThat(ask(VALID))
        .isEqualTo(
            new SecondOpinion.Outcome(
                "Second opinion: Knossos agrees: linearizable", "valid", true, null));
    assertThat(ask(INVALID).line()).endsWith("agrees: not linearizable");
    standIn("{:valid? false}");
    assertThat(ask(VALID))
        .isEqualTo(
            new SecondOpinion.Outcome(
                "Second opinion: DISAGREEMENT: linearizable here, not linearizable by Knossos",
                "invalid",
                false,
                null));
    assertThat(ask(VALID).disagrees()).isTrue();
  }

  @Test
  void no_verdict_is_no_disagreement() throws Exception {
    standIn("{:valid? :unknown :cause :timeout}");
    assertThat(ask(VALID))
        .isEqualTo(
            new SecondOpinion.Outcome(
                "Second opinion: Knossos does not know: timeout", "unknown", null, "timeout"));
  }

  @Test
  void json_has_it_beside_our_verdict() throws Exception {
    Path history = folder.resolve("history.edn");
    standIn("{:valid? false}");
    assertThat(json(history, VALID, 1, "--model=cas-register:0"))
        .contains("\"verdict\":\"valid\"")
        .endsWith(
            ",\"secondOpinion\":"
                + "{\"judge\":\"knossos\",\"verdict\":\"invalid\",\"agrees\":false,\"cause\":null}}");
    assertThat(json(history, "[]", 0, "--model=counter"))
        .endsWith(
            "{\"judge\":\"knossos\",\"verdict\":\"not asked\",\"agrees\":null,"
                + "\"cause\":\"it has no model counter\"}}");
  }

  private String json(Path history, String text, int code, String model) throws IOException {
    Files.writeString(history, text);
    Run run =
        Run.of(
            "check",
            history.toString(),
            model,
            "--json",
            "--second-opinion=knossos",
            "--knossos-classpath=" + folder);
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    return run.out().strip();
  }

  @Test
  void one_that_hangs_is_stopped() throws Exception {
    standIn("(while true (Thread/sleep 1000))");
    assertThat(ask(VALID, folder, Duration.ofSeconds(2)).line())
        .isEqualTo("Second opinion: Knossos does not know: it was stopped after 3 s");
  }

  @Test
  void one_that_dies_is_told_with_its_last_line() throws Exception {
    standIn("(do (println \"no heap left\") (flush) (.halt (Runtime/getRuntime) 3))");
    assertThatThrownBy(() -> ask(VALID))
        .isInstanceOf(UsageException.class)
        .hasMessage("Knossos died with exit code 3; its last line: no heap left");
  }

  @Test
  void one_that_says_much_is_read_to_its_end() throws Exception {
    standIn("(do (dotimes [n 20000] (println (apply str (repeat 60 n)))) {:valid? true})");
    assertThat(ask(VALID).line()).endsWith("agrees: linearizable");
  }

  @Test
  void what_is_missing_is_named() throws Exception {
    assertThatThrownBy(() -> ask(VALID, folder.resolve("nowhere"), Duration.ofSeconds(60)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no folder");
    assertThatThrownBy(() -> ask(VALID, null, Duration.ofSeconds(60)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("needs --knossos-classpath DIR");
    assertThatThrownBy(() -> ask(VALID))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("cannot ask Knossos: it is not in " + folder)
        .hasMessageContaining("knossos/competition");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> ask(VALID, empty, Duration.ofSeconds(60)))
        .isInstanceOf(UsageException.class)
        .hasMessage("cannot ask Knossos: there is no Clojure in " + empty);
  }

  @Test
  void what_knossos_has_no_word_for_is_not_asked() throws Exception {
    History append =
        lines(
            "{\"process\":1,\"type\":\"invoke\",\"f\":\"append\",\"key\":\"x\",\"value\":\"a\"}",
            "{\"process\":1,\"type\":\"ok\",\"f\":\"append\"}");
    assertThatThrownBy(() -> KnossosHistory.edn(append, Models.named("kv")))
        .isInstanceOf(KnossosHistory.NotAskedException.class)
        .hasMessage("it has no append");
    assertThatThrownBy(() -> KnossosHistory.edn(append, Models.named("counter")))
        .hasMessage("it has no model counter");
    History refused =
        lines(
            "{\"process\":1,\"type\":\"invoke\",\"f\":\"cas\",\"value\":[1,2]}",
            "{\"process\":1,\"type\":\"ok\",\"f\":\"cas\",\"value\":false}");
    assertThatThrownBy(() -> KnossosHistory.edn(refused, Models.named("cas-register")))
        .hasMessage("it has no cas that was refused");
  }

  @Test
  void keys_become_histories_and_crashed_processes_go_on_under_another_number() throws Exception {
    History history =
        lines(
            "{\"process\":1,\"type\":\"invoke\",\"f\":\"put\",\"key\":\"x\",\"value\":\"a\\\"b\"}",
            "{\"process\":1,\"type\":\"info\",\"f\":\"put\",\"key\":\"x\"}",
            "{\"process\":1,\"type\":\"invoke\",\"f\":\"get\",\"key\":\"x\"}",
            "{\"process\":1,\"type\":\"ok\",\"f\":\"get\",\"key\":\"x\",\"value\":null}",
            "{\"process\":2,\"type\":\"invoke\",\"f\":\"put\",\"key\":\"y\",\"value\":1}",
            "{\"process\":2,\"type\":\"fail\",\"f\":\"put\",\"key\":\"y\"}");
    assertThat(KnossosHistory.edn(history, Models.named("kv")))
        .isEqualTo(
            """
            {:model "cas-register" :arguments [:absent] :histories [
            [{:process 1 :type :invoke :f :write :value "a\\"b"}
            {:process 2 :type :invoke :f :read :value :absent}
            {:process 2 :type :ok :f :read :value :absent}
            {:process 1 :type :info :f :write :value "a\\"b"}]
            []]}
            """);
  }

  @Test
  void the_real_one_agrees() throws Exception {
    String classPath = System.getProperty("knossos.classpath", "");
    assumeTrue(!classPath.isEmpty(), "needs -Dknossos.classpath=DIR with the jars of Knossos");
    for (String text : List.of(VALID, INVALID)) {
      assertThat(ask(text, Path.of(classPath), KnossosProcess.DEFAULT_GRACE).line())
          .contains("agrees");
    }
  }

  private static History lines(String... lines) throws Exception {
    return HistoryReader.read("test", String.join("\n", lines), ReadOptions.defaults());
  }
}
