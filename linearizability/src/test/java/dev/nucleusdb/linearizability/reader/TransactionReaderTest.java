package dev.nucleusdb.linearizability.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TransactionReaderTest {
  private static TransactionHistory read(DataModel model, String... lines) {
    try {
      return TransactionReader.read("h", String.join("\n", lines), ReadOptions.defaults(), model);
    } catch (MalformedHistoryException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertMalformed(String complaint, String... lines) {
    assertThatThrownBy(() ->
            TransactionReader.read(
                "h", String.join("\n", lines), ReadOptions.defaults(), DataModel.LISTS))
        .isInstanceOf(MalformedHistoryException.class)
        .hasMessage(complaint);
  }

  @Test
  void lists_are_read_as_jepsen_writes_them() {
    TransactionHistory history =
        read(
            DataModel.LISTS,
            "[{:process 0 :type :invoke :f :txn :value [[:append 3 1] [:r 4 nil]] :time 7}",
            "{:process 1, :type :invoke, :f :txn, :value [[:append 4 1]], :index 1}",
            "{:process :nemesis :type :info :f :start}",
            "{:process 0 :type :ok :f :txn :value [[:append 3 1] [:r 4 [1 2]]] :time 9}",
            "{:process 1 :type :fail :f :txn :value [[:append 4 1]]}",
            "{:process 2 :type :invoke :f :txn :value [[:r 3 nil] [:append 3 \"b\"]]}]");
    assertThat(List.of(0, 1, 2))
        .extracting(index -> history.transaction(index).toString())
        .containsExactly("append 3 1, read 4 [1 2]", "append 4 1", "read 3 ?, append 3 b");
    assertThat(List.of(0, 1, 2))
        .extracting(history::outcome)
        .containsExactly(Outcome.OK, Outcome.FAILED, Outcome.UNKNOWN);
    assertThat(history.invokeTime(0)).isZero();
    assertThat(history.returnTime(0)).isEqualTo(2);
    assertThat(history.returnTime(1)).isEqualTo(TransactionHistory.NEVER);
    assertThat(history.line(1)).isEqualTo(2);
  }

  @Test
  void json_lines_have_times_and_timestamps() {
    TransactionHistory history =
        read(
            DataModel.LISTS,
            "{\"process\":5,\"type\":\"invoke\",\"f\":\"txn\",\"value\":[[\"append\",\"x\",1]],\"time\":100}",
            "{\"process\":5,\"type\":\"ok\",\"f\":\"txn\",\"time\":250,\"start\":7,\"commit\":10}",
            "{\"process\":6,\"type\":\"invoke\",\"f\":\"txn\",\"value\":[[\"r\",\"x\",null]],\"time\":90}",
            "{\"process\":6,\"type\":\"ok\",\"f\":\"txn\",\"value\":[[\"see\",\"x\",[]]],\"time\":95}");
    assertThat(history.transaction(0).toString()).isEqualTo("see x []");
    assertThat(history.transaction(1).toString()).isEqualTo("append x 1");
    assertThat(history.session(1)).isEqualTo(5);
    assertThat(history.invokeTime(1)).isEqualTo(100);
    assertThat(history.returnTime(1)).isEqualTo(250);
    assertThat(history.startTimestamp(1)).isEqualTo(7);
    assertThat(history.commitTimestamp(1)).isEqualTo(10);
    assertThat(history.commitTimestamp(0)).isEqualTo(TransactionHistory.UNRECORDED);
  }

  @Test
  void nil_of_a_register_is_nothing() {
    TransactionHistory history =
        read(
            DataModel.REGISTERS,
            "{:process 0 :type :ok :f :txn :value [[:w 1 2] [:r 3 nil] [:r 1 2]]}",
            "{:process 0 :type :ok :f :txn :value [[:r 1 2]]}");
    assertThat(history.transaction(0).toString()).isEqualTo("write 1 2, read 3 absent, read 1 2");
    assertThat(history.returnTime(0)).isEqualTo(TransactionHistory.UNTIMED);
  }

  @Test
  void whatever_is_wrong_has_a_place() {
    assertMalformed(
        "h:1:1: expected transactions alone, with f txn, but found 'read'",
        "{:process 0 :type :invoke :f :read}");
    assertMalformed(
        "h:1:43: expected a step [function key value]",
        "{:process 0 :type :invoke :f :txn :value [7]}");
    assertMalformed(
        "h:2:40: expected append, r, see or w as function of a step",
        "{:process 0 :type :invoke :f :txn :value [[:x 1 2]]}",
        "{:process 0 :type :ok :f :txn :value [[:x 1 2]]}");
    assertMalformed(
        "h:1:43: expected a step on a list, append, r or see",
        "{:process 0 :type :invoke :f :txn :value [[:w 1 2]]}");
    assertMalformed(
        "h:2:1: expected process 0 to complete its transaction of line 1 before it invokes another",
        "{:process 0 :type :invoke :f :txn :value []}",
        "{:process 0 :type :invoke :f :txn :value []}");
    assertMalformed(
        "h:2:1: expected an invocation of a transaction by process 1 before its completion",
        "{:process 0 :type :invoke :f :txn :value []}",
        "{:process 1 :type :ok :f :txn :value []}");
    assertMalformed(
        "h:1:1: expected a list of steps as value of a transaction",
        "{:process 0 :type :ok :f :txn}");
    assertMalformed(
        "h:1:45: expected a list that was read",
        "{:process 0 :type :ok :f :txn :value [[:r 1 2]]}");
    assertMalformed(
        "h:1:59: expected a whole number that is not negative as commit timestamp",
        "{:process 0 :type :ok :f :txn :value [[:r 1 [2]]] :commit -1}");
    assertMalformed(
        "h:2:1: expected a completion no earlier than its invocation at 5, but found 4",
        "{\"process\":0,\"type\":\"invoke\",\"f\":\"txn\",\"value\":[],\"time\":5}",
        "{\"process\":0,\"type\":\"ok\",\"f\":\"txn\",\"value\":[],\"time\":4}");
    assertMalformed(
        "h:2:1: expected a time in every event or in none",
        "{\"process\":0,\"type\":\"invoke\",\"f\":\"txn\",\"value\":[],\"time\":5}",
        "{\"process\":0,\"type\":\"ok\",\"f\":\"txn\",\"value\":[]}");
  }
}
