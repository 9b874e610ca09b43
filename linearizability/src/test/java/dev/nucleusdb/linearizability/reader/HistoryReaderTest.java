package dev.nucleusdb.linearizability.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HistoryReaderTest {
  private static final String EDN =
      """
      ; as Jepsen writes it
      [{:process 0, :type :invoke, :f :write, :value 3, :time 10, :index 0}
       #jepsen.history.Op{:process :nemesis, :type :info, :f :start, :value {:a #{1 2}}}
       {:process 0, :type :ok, :f :write, :value 3 #_ignored}
       {:process 1, :type :invoke, :f :cas, :value [3 4]}
       {:process 1, :type :fail, :f :cas, :value [3 4], :error "no \\"luck\\""}
       {:process 2, :type :invoke, :f :read, :value nil}
       {:process 2, :type :ok, :f :read, :value nil}
       {:process 2, :type :invoke, :f :read, :value nil}
       {:process 2, :type :info, :f :read, :value nil, :error #foo/bar [:timeout 1.5e3 1/2 \\newline 7N]}]
      """;

  private static History read(String text) throws MalformedHistoryException {
    return HistoryReader.read("test", text, ReadOptions.defaults());
  }

  @Test
  void edn_is_read_with_its_own_meanings_of_nil_and_fail() throws MalformedHistoryException {
    List<Operation> operations = read(EDN).operations();
    assertThat(operations)
        .extracting(Operation::outcome)
        .containsExactly(Outcome.OK, Outcome.FAILED, Outcome.OK, Outcome.UNKNOWN);
    assertThat(operations.get(0).action().arguments()).containsExactly(Value.of(3));
    assertThat(operations.get(1).action().arguments()).containsExactly(Value.of(3), Value.of(4));
    assertThat(operations.get(2).action().result()).isEqualTo(Value.UNRECORDED);
    assertThat(operations).extracting(Operation::line).containsExactly(2, 5, 7, 9);
  }

  @Test
  void the_meanings_of_nil_and_fail_can_be_chosen() throws MalformedHistoryException {
    ReadOptions options =
        ReadOptions.defaults().withNil(NilMeaning.ABSENT).withFail(FailMeaning.OBSERVED);
    List<Operation> operations = HistoryReader.read("test", EDN, options).operations();
    assertThat(operations.get(1).outcome()).isEqualTo(Outcome.OK);
    assertThat(operations.get(1).action().result()).isEqualTo(Value.FALSE);
    assertThat(operations.get(2).action().result()).isEqualTo(Value.ABSENT);
  }

  @Test
  void edn_may_be_one_map_a_line() throws MalformedHistoryException {
    History history =
        read(
            """
            {:process 0, :type :invoke, :f :append, :key "0", :value "x 0 0 y"}
            {:process 0, :type :ok, :f :append, :key "0", :value "x 0 0 y"}
            """);
    assertThat(history.operations().getFirst().action()).hasToString("append 0 \"x 0 0 y\"");
  }

  @Test
  void pairs_of_jepsen_independent_become_keys() throws MalformedHistoryException {
    History history =
        read(
            """
            {:process 0, :type :invoke, :f :cas, :value [7 [1 2]]}
            {:process 0, :type :ok, :f :cas, :value [7 [1 2]]}
            {:process 0, :type :invoke, :f :read, :value [7 nil]}
            {:process 0, :type :ok, :f :read, :value [7 2]}
            """);
    assertThat(history.operations())
        .extracting(operation -> operation.action().toString())
        .containsExactly("cas 7 1 2 -> true", "read 7 -> 2");
  }

  @Test
  void a_file_of_swaps_alone_has_no_keys() throws MalformedHistoryException {
    History history = read("[{:process 0, :type :invoke, :f :cas, :value [1 2]}]");
    assertThat(history.operations().getFirst().action().key()).isEqualTo(Value.UNRECORDED);
  }

  @Test
  void json_lines_are_ordered_by_their_times() throws MalformedHistoryException {
    History history =
        read(
            """
            {"process":1,"type":"invoke","f":"put","key":"x","value":"1","time":100}
            {"process":1,"type":"ok","f":"put","key":"x","time":200}

            {"process":2,"type":"invoke","f":"cas","key":"x","value":[null,"\\u00e9"],"time":50}
            {"process":2,"type":"ok","f":"cas","value":false,"time":150}
            {"process":2,"type":"invoke","f":"get","key":"x","time":300}
            {"process":2,"type":"ok","f":"get","value":null,"time":400}
            """);
    assertThat(history.operations())
        .extracting(operation -> operation.action() + "@" + operation.invokeTime())
        .containsExactly("put x 1@100", "cas x absent é -> false@50", "get x -> absent@300");
  }

  @Test
  void an_empty_vector_is_an_empty_history() throws MalformedHistoryException {
    assertThat(read("[] ; nothing").operations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                                         | 1 | 1  | a history as EDN, JSON lines or a console log of Jepsen, but found the end of the file
          hello                                                      | 1 | 1  | a history as EDN
          [{:process 0                                               | 1 | 13 | '}', but found the end of the file
          [                                                          | 1 | 2  | ']', but found the end of the file
          [{:process 0, :type :invoke, :f "read}]                    | 1 | 33 | a string that ends
          [{:process 0, :type :ok, :f :read}]                        | 1 | 2  | an invocation of read by process 0
          [{:process 0, :type :start, :f :read}]                     | 1 | 21 | but found 'start'
          [{:process 0, :type :invoke, :f :read, :time -1}]          | 1 | 46 | not negative
          [{:process 0, :type :invoke, :f :pop}]                     | 1 | 2  | but found 'pop'
          [{:process 0, :type :invoke, :f :read}] 1                  | 1 | 41 | nothing after the history
          [{:process 0, :type :invoke, :f :read, :f :write}]         | 1 | 40 | each key once
          [{:process 0, :type :invoke, :f :read :key}]               | 1 | 39 | a value for the last key
          [{:type :invoke, :f :read}]                                | 1 | 2  | 'process'
          [{:process 0.5, :type :invoke, :f :read}]                  | 1 | 12 | a whole number as process
          [{:process 12ab, :type :invoke, :f :read}]                 | 1 | 12 | a number, but found '12ab'
          [{:process 0, :type :invoke, :f :write}]                   | 1 | 2  | 1 argument(s) for write
          [3]                                                        | 1 | 2  | a map for each event
          [{:process 0 ]                                             | 1 | 14 | a form, but found ']'
          {"process":0,"type":"invoke","f":"read"                    | 1 | 40 | ',' or '}', but found the end of the file
          {"process":0,"type":"invoke","f":"read"} x                 | 1 | 42 | the end of the line
          {"process":0,"type":"invoke","f":"re                       | 1 | 34 | a string that ends on its line
          {"process":0,"type":"invoke","f":"read",}                  | 1 | 41 | a value after ','
          {"process":0,"type":"invoke","f":nope}                     | 1 | 34 | a value, but found 'n'
          """)
  void what_is_wrong_is_named_with_its_place(String text, int line, int column, String problem) {
    MalformedHistoryException thrown = malformed(text);
    assertThat(thrown.problem()).contains(problem);
    assertThat(thrown.line()).isEqualTo(line);
    assertThat(thrown.column()).isEqualTo(column);
    assertThat(thrown).hasMessageStartingWith("test:" + line + ":" + column + ": expected ");
  }

  @Test
  void two_open_operations_of_one_client_are_malformed() {
    MalformedHistoryException thrown =
        malformed(
            """
            [{:process 0, :type :invoke, :f :read}
             {:process 1, :type :invoke, :f :read}
             {:process 0, :type :invoke, :f :write, :value 1}]
            """);
    assertThat(thrown)
        .hasMessage(
            "test:3:2: expected process 0 to complete its read of line 1 before it invokes write");
  }

  @Test
  void a_completion_matches_its_invocation() {
    String invoke = "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"key\":\"x\",\"time\":5}\n";
    String ok = "{\"process\":0,\"type\":\"ok\",\"f\":";
    assertThat(malformed(invoke + ok + "\"cas\",\"time\":6}"))
        .hasMessageContaining("another function");
    assertThat(malformed(invoke + ok + "\"read\",\"key\":\"y\",\"time\":6}"))
        .hasMessageContaining("another key");
    assertThat(malformed(invoke + ok + "\"read\",\"time\":4}"))
        .hasMessageContaining("no earlier than");
    assertThat(malformed(invoke + ok + "\"read\"}"))
        .hasMessageContaining("in every event or in none");
  }

  @Test
  void an_error_is_one_line_whatever_the_file_holds() {
    assertThat(malformed("[{:process 0, :type \"in\n\0voke\", :f :read}]").problem())
        .endsWith("but found 'in voke'");
  }

  @Test
  void nesting_is_bounded() {
    assertThat(malformed("[".repeat(100_000))).hasMessageContaining("levels of nesting");
    assertThat(malformed("#a ".repeat(100_000))).hasMessageContaining("levels of nesting");
    assertThat(malformed("{\"a\":".repeat(100_000))).hasMessageContaining("levels of nesting");
    assertThat(malformed("[" + "#_ ".repeat(100_000))).isNotNull();
  }

  @Test
  void bytes_that_are_no_text_are_named() {
    byte[] bytes = {'[', '\n', ' ', (byte) 0xff, ']'};
    assertThatThrownBy(() -> HistoryReader.read("test", bytes, ReadOptions.defaults()))
        .isInstanceOf(MalformedHistoryException.class)
        .hasMessage("test:2:2: expected UTF-8 text, but found the byte 0xFF");
  }

  @Test
  void a_file_that_is_too_large_is_refused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("history.edn"), EDN);
    assertThatThrownBy(() -> HistoryReader.read(file, ReadOptions.defaults().atMost(100)))
        .isInstanceOf(MalformedHistoryException.class)
        .hasMessageContaining("at most 100 bytes");
    Verdict verdict =
        LinearizabilityChecker.checkFile(
            file, ReadOptions.defaults(), Models.named("cas-register:0"), Limits.defaults());
    assertThat(verdict).isInstanceOf(Verdict.Valid.class);
  }

  private static MalformedHistoryException malformed(String text) {
    ReadOptions options =
        ReadOptions.defaults().judgedBy(Models.named("cas-register")::objectionTo);
    return catchThrowableOfType(
        MalformedHistoryException.class, () -> HistoryReader.read("test", text, options));
  }
}
