package dev.nucleusdb.linearizability.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Console logs and JSON documents, and how formats are told apart.
final class FormatsTest {
  private static final String LOG =
      """
      2015-02-03 04:05:06 INFO  some.other.logger - something about jepsen
      INFO  jepsen.util - 0\t:invoke\t:read\tnil
      INFO  jepsen.util - 1\t:invoke\t:cas\t[3 4]
      INFO  jepsen.util - 0\t:ok\t:read\tnil
      a line that tells of nothing
      INFO  jepsen.util - :nemesis\t:info\t:start\t"cut off"
      INFO  jepsen.util - 1\t:fail\t:cas\t[3 4]
      12:00:00.123 [jepsen worker 2] INFO jepsen.util: 2 :invoke :write 4
      INFO  jepsen.util - 2\t:info\t:write\t:timed-out
      """;
  private static final String EVENTS =
      """
      [{"process":1,"type":"invoke","f":"put","key":"x","value":"1","time":100},
       {"process":1,"type":"ok","f":"put","time":200}]
      """;

  private static History read(String text) throws MalformedHistoryException {
    return HistoryReader.read("test", text, ReadOptions.defaults());
  }

  @Test
  void console_logs_are_read_with_their_own_meanings() throws MalformedHistoryException {
    List<Operation> operations = read(LOG).operations();
    assertThat(operations).extracting(Operation::process).containsExactly(0L, 1L, 2L);
    assertThat(operations.get(0).action().result()).isEqualTo(Value.ABSENT);
    assertThat(operations.get(1).outcome()).isEqualTo(Outcome.OK);
    assertThat(operations.get(1).action().result()).isEqualTo(Value.FALSE);
    assertThat(operations.get(2).outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(operations.get(2).action().arguments()).containsExactly(Value.of(4));
    assertThat(operations).extracting(Operation::line).containsExactly(2, 3, 8);
  }

  @Test
  void the_meanings_of_a_console_log_can_be_chosen() throws MalformedHistoryException {
    ReadOptions options =
        ReadOptions.defaults().withNil(NilMeaning.UNKNOWN).withFail(FailMeaning.DROPPED);
    List<Operation> operations = HistoryReader.read("test", LOG, options).operations();
    assertThat(operations.get(0).action().result()).isEqualTo(Value.UNRECORDED);
    assertThat(operations.get(1).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void an_event_of_a_log_stands_on_one_line() {
    assertThatThrownBy(() -> read("INFO jepsen.util - 0 :invoke :read\nnil\n"))
        .hasMessage("test:1:35: expected the value of an event, but found the end of the line");
    assertThatThrownBy(() -> read("INFO jepsen.util - 0 :invoke :cas [1\n2]\n"))
        .hasMessage("test:1:37: expected an event on one line");
  }

  @Test
  void a_json_document_is_an_array_or_holds_one() throws MalformedHistoryException {
    History expected = read(EVENTS.replace("[{", "{").replace("},", "}").replace("}]", "}"));
    for (String document : List.of(EVENTS, "{\"history\":" + EVENTS + ",\"note\":[1]}")) {
      History history = read(document);
      assertThat(history.operations()).hasSize(1);
      assertThat(history.operations().getFirst().action())
          .isEqualTo(expected.operations().getFirst().action());
      assertThat(history.operations().getFirst().returnTime()).isEqualTo(200);
    }
    ReadOptions json = ReadOptions.defaults().in(HistoryFormat.JSON);
    assertThatThrownBy(() -> HistoryReader.read("test", "{\"events\":[]}", json))
        .hasMessage("test:1:1: expected an array of events, or an object with it as 'history'");
    assertThatThrownBy(() -> HistoryReader.read("test", "[] []", json))
        .hasMessageStartingWith("test:1:4: expected nothing after the history");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          `[{"process":0,"type":"invoke","f":"read"}]`  | absent
          `[{:process 0 :type :invoke :f :read}]`       | ?
          `{"process":0,"type":"invoke","f":"read"}`    | absent
          `{:process 0 :type :invoke :f :read}`         | ?
          `INFO jepsen.util - 0 :invoke :read nil`      | absent
          """)
  void formats_are_told_apart(String invocation, String nil) throws MalformedHistoryException {
    String completion = invocation.replace("invoke", "ok").replace("[{", "{").replace("}]", "}");
    String both =
        invocation.startsWith("[")
            ? invocation.replace("}]", "}" + (nil.equals("?") ? "" : ",") + completion + "]")
            : invocation + "\n" + completion;
    Operation read = read(both).operations().getFirst();
    assertThat(read.outcome()).isEqualTo(Outcome.OK);
    boolean written = invocation.contains("nil");
    assertThat(read.action().result()).hasToString(written || nil.equals("?") ? nil : "absent");
  }
}
