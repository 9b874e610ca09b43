package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Sketch;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import dev.nucleusdb.linearizability.stream.StreamOptions;
import dev.nucleusdb.linearizability.stream.StreamVerdict;
import dev.nucleusdb.linearizability.stream.StreamingChecker;
import java.util.List;

/// Histories for pictures, and their pages and drawings.
final class Pictures {
  /// A stale read of x, with a crashed write and a failed `cas` beside it, and another key.
  static final History STALE_READ =
      Sketch.of(
          "A: put(x) 0 [0,4]",
          "B: put(x) 1 [5,13]",
          "D: put(x) 2 [6~",
          "C: get(x) > 1 [9,12]",
          "A: get(x) > 0 [16,19]",
          "E: put(y) 9 [16,20]",
          "B: cas(x) 0 2 [20,23] F");

  /// Two clients that each write one key and do not see the other's.
  static final History STORE_BUFFERING =
      Sketch.of(
          "A: put(x) 1 [0,2]",
          "B: put(y) 1 [1,3]",
          "A: get(y) > absent [4,6]",
          "B: get(x) > absent [5,7]",
          "C: put(z) 5 [8~");

  /// Values that try to end what they stand in.
  static final List<String> HOSTILE =
      List.of(
          "</script><script>document.title='broken'</script>",
          "<img src=x onerror=\"document.title='broken'\">",
          "\" onmouseover=\"alert(1)",
          "' --> ]]> {{script}} &amp; \\u003c",
          "\u202Eesrever\u202C \u0000\u0007\n\r\u2028 \uD800 \uFFFE",
          "多字节 😀 ñ ﷽",
          "x".repeat(10_000));

  private Pictures() {}

  static Verdict judge(History history, String model) {
    return LinearizabilityChecker.check(history, Models.named(model), Limits.defaults());
  }

  static String page(History history, String model) {
    Model<?> judgedBy = Models.named(model);
    return VerdictPage.html("test.jsonl", history, judgedBy, judge(history, model));
  }

  static String drawing(History history, String model) {
    return VerdictDrawing.svg(history, Models.named(model), judge(history, model));
  }

  /// The verdicts on a growing history: a put and a get of x and a put of y in each round, and in
  /// the last one, if so wanted, a get that saw the value before.
  static List<StreamVerdict> streamed(int rounds, boolean stale) {
    StreamingChecker<?> checker =
        new StreamingChecker<>(
            Models.named("kv"), Limits.defaults(), StreamOptions.DEFAULT, _ -> {});
    Value x = Value.of("x");
    long time = 0;
    for (int round = 0; round < rounds; round++) {
      boolean wrong = stale && round == rounds - 1;
      checker.invokeAtLine(0, 1, "put", x, List.of(Value.of(round)), time++);
      checker.complete(1, Value.UNRECORDED, time++, Outcome.OK);
      checker.invokeAtLine(0, 1, "put", Value.of("y"), List.of(Value.of(round)), time++);
      checker.complete(1, Value.UNRECORDED, time++, Outcome.OK);
      checker.invokeAtLine(0, 2, "get", x, List.of(), time++);
      checker.complete(2, Value.of(wrong ? round - 1 : round), time++, Outcome.OK);
    }
    return checker.finish();
  }

  /// Reads that each saw a hostile value, which nobody wrote.
  static History hostile() {
    History.Builder builder = History.builder();
    long time = 0;
    for (String text : HOSTILE) {
      Value key = Value.of(text);
      builder.invoke(1, "put", key, List.of(Value.of(text)), time++).ok(1, time++);
      builder.invoke(2, "get", key, List.of(), time++).ok(2, Value.of(text + "!"), time++);
    }
    return builder.build();
  }
}
