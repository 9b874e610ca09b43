package dev.nucleusdb.linearizability.clojure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The namespace `nucleusdb.checker`, called as a Jepsen test would call it.
final class CheckerNamespaceTest {
  private static final String NAMESPACE = "nucleusdb.checker";

  /// As Knossos gets it, with a nemesis among the clients.
  private static final String STALE_READ =
      """
      [{:process 0 :type :invoke :f :write :value 1 :index 0 :time 10}
       {:process 0 :type :ok :f :write :value 1 :index 1 :time 20}
       {:process :nemesis :type :info :f :start :value nil :index 2 :time 21}
       {:process 1 :type :invoke :f :cas :value [1 2] :index 3 :time 30}
       {:process 1 :type :ok :f :cas :value [1 2] :index 4 :time 40}
       {:process 0 :type :invoke :f :read :value nil :index 5 :time 50}
       {:process 0 :type :ok :f :read :value 1 :index 6 :time 60}]
      """;

  @BeforeAll
  static void load() {
    Clojure.var("clojure.core", "require").invoke(Clojure.read(NAMESPACE));
  }

  private static Object analysis(String model, String history) {
    return analysis(model, history, "{}");
  }

  private static Object analysis(String model, String history, String options) {
    return Clojure.var(NAMESPACE, "analysis")
        .invoke(Clojure.read(model), evaluated(history), Clojure.read(options));
  }

  private static Object evaluated(String form) {
    return Clojure.var("clojure.core", "eval").invoke(Clojure.read(form));
  }

  private static Object at(Object map, String... path) {
    Object value = map;
    for (String name : path) {
      value = Clojure.var("clojure.core", "get").invoke(value, Clojure.read(name));
    }
    return value;
  }

  private static String printed(Object value) {
    return (String) Clojure.var("clojure.core", "pr-str").invoke(value);
  }

  @Test
  void a_violation_is_told_as_knossos_tells_it() {
    Object result = analysis(":cas-register", STALE_READ);
    assertThat(at(result, ":valid?")).isEqualTo(false);
    assertThat(at(result, ":op", ":index")).isEqualTo(6L);
    assertThat(at(result, ":previous-ok", ":index")).isEqualTo(4L);
    assertThat(printed(at(result, ":analyzer"))).isEqualTo(":nucleusdb");
    assertThat(printed(at(result, ":configs"))).contains(":model \"2\"", ":index 6");
    assertThat(printed(at(result, ":final-paths")))
        .containsSubsequence(":index 1", ":index 4", ":index 6", "not possible when");
    assertThat(at(result, ":counterexample", ":minimal?")).isEqualTo(true);
    assertThat(printed(at(result, ":counterexample", ":operations"))).contains(":index 6");
    assertThat((String) at(result, ":report")).startsWith("INVALID");
  }

  @Test
  void a_valid_history_is_true_and_nothing_else_is() {
    String valid = STALE_READ.replace(":read :value 1", ":read :value 2");
    assertThat(at(analysis(":cas-register", valid), ":valid?")).isEqualTo(true);
    assertThat(at(analysis(":cas-register", "[]"), ":valid?")).isEqualTo(true);
  }

  @Test
  void a_limit_makes_it_unknown_with_its_cause() {
    StringBuilder history = new StringBuilder("[");
    for (int process = 0; process < 8; process++) {
      history.append("{:process ").append(process).append(" :type :invoke :f :write :value ");
      history.append(process).append('}');
    }
    for (int process = 0; process < 8; process++) {
      history.append("{:process ").append(process).append(" :type :ok :f :write :value ");
      history.append(process).append('}');
    }
    history.append("{:process 9 :type :invoke :f :cas :value [0 1]}");
    history.append("{:process 9 :type :ok :f :cas :value [0 1]}]");
    Object result = analysis(":cas-register", history.toString(), "{:max-configurations 1}");
    assertThat(printed(at(result, ":valid?"))).isEqualTo(":unknown");
    assertThat(printed(at(result, ":cause"))).isEqualTo(":configurations");
  }

  @Test
  void records_lazy_sequences_and_lists_are_histories_too() {
    evaluated(
        "(binding [*ns* (the-ns (quote nucleusdb.checker))]"
            + " (eval (quote (defrecord Op [process type f value index]))))");
    String records =
        "(map (fn [[p t f v]] (nucleusdb.checker/->Op p t f v 0)) (quote ([0 :invoke :write 1]"
            + " [0 :ok :write 1] [1 :invoke :read nil] [1 :ok :read 2])))";
    assertThat(at(analysis(":register", records), ":valid?")).isEqualTo(false);
    assertThat(at(analysis(":register", records.replace("read 2", "read 1")), ":valid?"))
        .isEqualTo(true);
  }

  @Test
  void nil_failure_and_info_mean_what_they_mean_for_knossos() {
    String nil =
        "[{:process 0 :type :invoke :f :write :value 1} {:process 0 :type :ok :f :write :value 1}"
            + "{:process 0 :type :invoke :f :read} {:process 0 :type :ok :f :read :value nil}]";
    assertThat(at(analysis(":register", nil), ":valid?")).isEqualTo(true);
    String failed =
        "[{:process 0 :type :invoke :f :write :value 1}"
            + " {:process 0 :type :fail :f :write :value 1}"
            + " {:process 0 :type :invoke :f :read} {:process 0 :type :ok :f :read :value 1}]";
    assertThat(at(analysis(":register", failed), ":valid?")).isEqualTo(false);
    assertThat(at(analysis(":register", failed.replace(":fail", ":info")), ":valid?"))
        .isEqualTo(true);
  }

  @Test
  void objects_start_as_the_options_say() {
    String read = "[{:process 0 :type :invoke :f :read} {:process 0 :type :ok :f :read :value 0}]";
    assertThat(at(analysis(":cas-register", read), ":valid?")).isEqualTo(false);
    assertThat(at(analysis(":cas-register", read, "{:initial 0}"), ":valid?")).isEqualTo(true);
    assertThat(at(analysis("\"cas-register:0\"", read), ":valid?")).isEqualTo(true);
  }

  @Test
  void each_model_of_knossos_is_there() {
    String queue =
        "[{:process 0 :type :invoke :f :enqueue :value 1}{:process 0 :type :ok :f :enqueue :value"
            + " 1}{:process 0 :type :invoke :f :enqueue :value 2}{:process 0 :type :ok :f :enqueue"
            + " :value 2}{:process 1 :type :invoke :f :dequeue}{:process 1 :type :ok :f :dequeue"
            + " :value 2}]";
    assertThat(at(analysis(":fifo-queue", queue), ":valid?")).isEqualTo(false);
    assertThat(at(analysis(":unordered-queue", queue), ":valid?")).isEqualTo(true);
    String set =
        "[{:process 0 :type :invoke :f :add :value 1}{:process 0 :type :ok :f :add :value 1}"
            + "{:process 1 :type :invoke :f :read}{:process 1 :type :ok :f :read :value #{1}}]";
    assertThat(at(analysis(":set", set), ":valid?")).isEqualTo(true);
    assertThat(at(analysis(":set", set.replace("#{1}", "#{}")), ":valid?")).isEqualTo(false);
    String mutex =
        "[{:process 0 :type :invoke :f :acquire}{:process 0 :type :ok :f :acquire}"
            + "{:process 1 :type :invoke :f :acquire}{:process 1 :type :ok :f :acquire}]";
    assertThat(at(analysis(":mutex", mutex), ":valid?")).isEqualTo(false);
    String registers =
        "[{:process 0 :type :invoke :f :txn :value [[:write :x 1] [:write :y 2]]}"
            + "{:process 0 :type :ok :f :txn :value [[:write :x 1] [:write :y 2]]}"
            + "{:process 1 :type :invoke :f :txn :value [[:read :x nil] [:read :y nil]]}"
            + "{:process 1 :type :ok :f :txn :value [[:read :x 1] [:read :y 3]]}]";
    assertThat(at(analysis(":multi-register", registers), ":valid?")).isEqualTo(false);
    assertThat(at(analysis(":multi-register", registers.replace("y 3", "y 2")), ":valid?"))
        .isEqualTo(true);
  }

  @Test
  void independent_keys_are_judged_one_by_one() {
    String pairs =
        "[{:process 0 :type :invoke :f :write :value [:a 1]}"
            + "{:process 0 :type :ok :f :write :value [:a 1]}"
            + "{:process 0 :type :invoke :f :write :value [:b 1]}"
            + "{:process 0 :type :ok :f :write :value [:b 1]}"
            + "{:process 1 :type :invoke :f :read :value [:b nil]}"
            + "{:process 1 :type :ok :f :read :value [:b 7]}]";
    Object result = analysis(":register", pairs);
    assertThat(at(result, ":valid?")).isEqualTo(false);
    assertThat(printed(at(result, ":op"))).contains("[:b 7]");
  }

  @Test
  void what_cannot_be_judged_is_named() {
    assertThatThrownBy(() -> analysis(":no-such", "[]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no model is named 'no-such'");
    assertThatThrownBy(() -> analysis(":register", "[{:process 0 :type :invoke :f :jump}]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operation 0 of the history: expected");
    assertThatThrownBy(() -> analysis(":register", "[7]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an operation must be a map, but was 7");
  }

  @Test
  void a_checker_needs_jepsen_and_judges_as_the_analysis_does(@TempDir Path folder)
      throws Exception {
    IFn linearizable = Clojure.var(NAMESPACE, "linearizable");
    Object options = Clojure.read("{:model :cas-register}");
    assertThatThrownBy(() -> linearizable.invoke(options))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("jepsen.checker is not on the class path");
    Path jepsen = Files.createDirectory(folder.resolve("jepsen"));
    Files.writeString(
        jepsen.resolve("checker.clj"),
        "(ns jepsen.checker) (defprotocol Checker (check [checker test history opts]))");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      Object checker = linearizable.invoke(options);
      Object result =
          Clojure.var("jepsen.checker", "check")
              .invoke(checker, Clojure.read("{}"), evaluated(STALE_READ), Clojure.read("{}"));
      assertThat(at(result, ":valid?")).isEqualTo(false);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
