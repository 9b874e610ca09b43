package dev.nucleusdb.linearizability.reader;

import dev.nucleusdb.linearizability.history.HistorySink;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells a sink of events one by one: pairs invocations with completions, and gives values their
/// meaning.
///
/// | function | value of the invocation | value of the completion |
/// |---|---|---|
/// | `read`, `get` | ignored | what was seen; nil by [NilMeaning] |
/// | `write`, `put`, `append`, `delete` | the argument, if any | ignored |
/// | `cas` | expected and new | `false` if refused, else swapped |
/// | `txn` | steps `[f key value]` | the same, with what was seen |
/// | `transfer` | `{from to amount}`, or these as a vector | the result |
/// | any other | a vector is the arguments, anything else the only one | the result |
final class EventTeller {
  private final HistorySink sink;
  private final NilMeaning nilMeaning;
  private final FailMeaning failMeaning;

  EventTeller(HistorySink sink, NilMeaning nilMeaning, FailMeaning failMeaning) {
    this.sink = sink;
    this.nilMeaning = nilMeaning;
    this.failMeaning = failMeaning;
  }

  /// @param in where the event stands, for errors
  /// @param time the time of the event, whatever was written
  void tell(TextScanner in, Event event, long time) throws MalformedHistoryException {
    if (event.type() == Event.Type.INVOKE) {
      invoke(in, event, time);
    } else {
      complete(in, event, time);
    }
  }

  private void invoke(TextScanner in, Event event, long time) throws MalformedHistoryException {
    long process = event.process().number();
    if (sink.isWaiting(process)) {
      Operation open = sink.waitingFor(process);
      throw in.expected(
          event.offset(),
          String.format(
              Locale.ROOT,
              "process %d to complete its %s of line %d before it invokes %s",
              process,
              open.action().function(),
              open.line(),
              event.function()));
    }
    Value key = event.key() == null ? Value.UNRECORDED : event.key().toValue();
    int line = in.lineOf(event.offset());
    sink.invokeAtLine(line, process, event.function(), key, arguments(event), time);
  }

  private static List<Value> arguments(Event event) {
    Datum value = event.value();
    return switch (event.function()) {
      case "read", "get", "delete" -> List.of();
      case "write", "put", "append" -> value == null ? List.of() : List.of(value.toValue());
      case String f when f.equals("txn") && value instanceof Datum.Sequence steps ->
          TransactionSteps.asked(steps);
      case String f when f.equals("transfer") && value instanceof Datum.Mapping transfer ->
          TransactionSteps.fromToAmount(transfer);
      case String _ when value instanceof Datum.Sequence(_, List<Datum> elements) ->
          elements.stream().map(Datum::toValue).toList();
      case String _ ->
          value == null || value instanceof Datum.Nil ? List.of() : List.of(value.toValue());
    };
  }

  private void complete(TextScanner in, Event event, long time) throws MalformedHistoryException {
    long process = event.process().number();
    if (!sink.isWaiting(process)) {
      throw in.expected(
          event.offset(),
          String.format(
              Locale.ROOT,
              "an invocation of %s by process %d before its completion",
              event.function(),
              process));
    }
    Operation open = sink.waitingFor(process);
    requireMatch(in, event, open);
    if (time < open.invokeTime()) {
      throw in.expected(
          event.offset(),
          String.format(
              Locale.ROOT,
              "a completion no earlier than its invocation at %d, but found %d",
              open.invokeTime(),
              time));
    }
    switch (event.type()) {
      case OK -> sink.complete(process, result(event), time, Outcome.OK);
      case FAIL -> {
        if (failMeaning == FailMeaning.OBSERVED && event.function().equals("cas")) {
          sink.complete(process, Value.FALSE, time, Outcome.OK);
        } else {
          sink.complete(process, Value.UNRECORDED, time, Outcome.FAILED);
        }
      }
      case INFO -> sink.complete(process, Value.UNRECORDED, time, Outcome.UNKNOWN);
      case INVOKE -> throw new IllegalStateException("an invocation completes nothing");
    }
  }

  private static void requireMatch(TextScanner in, Event event, Operation open)
      throws MalformedHistoryException {
    boolean sameFunction = event.function().equals(open.action().function());
    boolean sameKey = event.key() == null || event.key().toValue().equals(open.action().key());
    if (!sameFunction || !sameKey) {
      throw in.expected(
          event.offset(),
          String.format(
              Locale.ROOT,
              "the completion of '%s' of line %d, but found another %s",
              open.action(),
              open.line(),
              sameFunction ? "key" : "function"));
    }
  }

  private Value result(Event event) {
    @Nullable Datum value = event.value();
    boolean nil = value == null || value instanceof Datum.Nil;
    return switch (event.function()) {
      case "read", "get" -> {
        boolean unknown = nil && nilMeaning == NilMeaning.UNKNOWN;
        yield unknown ? Value.UNRECORDED : value == null ? Value.ABSENT : value.toValue();
      }
      case "write", "put", "append", "delete" -> Value.UNRECORDED;
      case String f when f.equals("txn") && value instanceof Datum.Sequence steps ->
          TransactionSteps.seen(steps, nilMeaning);
      case "cas" -> Value.of(!(value instanceof Datum.Truth(_, boolean swapped)) || swapped);
      case String _ -> value == null ? Value.UNRECORDED : value.toValue();
    };
  }
}
