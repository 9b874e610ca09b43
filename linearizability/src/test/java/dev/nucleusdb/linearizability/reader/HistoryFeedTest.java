package dev.nucleusdb.linearizability.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.stream.StreamOptions;
import dev.nucleusdb.linearizability.stream.StreamingChecker;
import java.io.BufferedReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryFeedTest {
  private static final String JSON =
      """
      {"process":0,"type":"invoke","f":"write","value":3,"time":10}
      {"process":0,"type":"ok","f":"write","time":12}

      {"process":1,"type":"invoke","f":"cas","value":[3,4],"time":12}
      {"process":1,"type":"fail","f":"cas","time":13}
      {"process":"nemesis","type":"info","f":"start"}
      {"process":2,"type":"invoke","f":"read","time":14}
      {"process":2,"type":"ok","f":"read","value":null,"time":15}
      {"process":2,"type":"invoke","f":"read","time":15}
      {"process":2,"type":"info","f":"read","time":16}
      """;
  private static final String EDN =
      """
      {:process 0, :type :invoke, :f :write, :value 3, :time 10}
      {:process 0, :type :ok, :f :write, :value 3}
      {:process 2, :type :invoke, :f :read, :value nil}
      {:process 2, :type :ok, :f :read, :value nil}
      """;

  private static History feed(String text, ReadOptions options) throws Exception {
    History.Builder builder = History.builder();
    HistoryFeed feed = new HistoryFeed("test", options, builder);
    feed.readAll(new BufferedReader(new StringReader(text)));
    return builder.build();
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, EDN})
  void lines_one_by_one_make_the_history_of_the_whole(String text) throws Exception {
    ReadOptions options = ReadOptions.defaults();
    assertThat(feed(text, options)).isEqualTo(HistoryReader.read("test", text, options));
    ReadOptions other = options.withNil(NilMeaning.UNKNOWN).withFail(FailMeaning.OBSERVED);
    assertThat(feed(text, other)).isEqualTo(HistoryReader.read("test", text, other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"process\":0", "{:process 0", "[]", "{} x", "{\"process\":0} 1"})
  void what_is_wrong_is_named_with_its_place(String text) {
    assertThatThrownBy(() -> feed("\n\n" + text, ReadOptions.defaults()))
        .isInstanceOf(MalformedHistoryException.class)
        .hasMessageStartingWith("test:3:");
  }

  @Test
  void times_are_in_all_lines_or_in_none_and_do_not_go_back() {
    String untimed = JSON.replace("\"f\":\"write\",\"time\":12", "\"f\":\"write\"");
    assertThatThrownBy(() -> feed(untimed, ReadOptions.defaults()))
        .hasMessage("test:2:1: expected a time in every event or in none");
    StreamingChecker<Value> checker =
        new StreamingChecker<>(
            new CasRegister(Value.ABSENT), Limits.defaults(), StreamOptions.DEFAULT, _ -> {});
    HistoryFeed feed = new HistoryFeed("test", ReadOptions.defaults(), checker);
    String back = JSON.replace("\"time\":14", "\"time\":11");
    assertThatThrownBy(() -> feed.readAll(new BufferedReader(new StringReader(back))))
        .hasMessage("test:7:1: expected events in order of time, but 11 came after 13");
  }

  @Test
  void what_the_judge_objects_to_is_named_with_its_place() {
    StreamingChecker<Value> checker =
        new StreamingChecker<>(
            new CasRegister(Value.ABSENT), Limits.defaults(), StreamOptions.DEFAULT, _ -> {});
    HistoryFeed feed = new HistoryFeed("test", ReadOptions.defaults(), checker);
    assertThatThrownBy(() -> feed.take("{\"process\":0,\"type\":\"invoke\",\"f\":\"push\"}"))
        .hasMessage(
            "test:1:1: expected a function of the model cas-register (read, write, cas), but found"
                + " 'push'");
    assertThatThrownBy(
            () -> {
              feed.take("{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}");
              feed.take("{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}");
            })
        .hasMessageStartingWith("test:3:1: expected process 0 to complete its read of line 2");
  }

  @Test
  void lines_are_bounded() {
    assertThatThrownBy(() -> feed(" ".repeat(HistoryFeed.MAX_LINE + 1), ReadOptions.defaults()))
        .hasMessageStartingWith("test:1:1048576: expected lines of at most 1048576 characters");
  }
}
