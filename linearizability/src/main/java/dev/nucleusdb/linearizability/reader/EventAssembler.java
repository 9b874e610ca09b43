package dev.nucleusdb.linearizability.reader;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a history of events: pairs invocations with completions, and gives values their meaning.
///
/// | function | value of the invocation | value of the completion |
/// |---|---|---|
/// | `read`, `get` | ignored | what was seen; nil by [NilMeaning] |
/// | `write`, `put`, `append`, `delete` | the argument, if any | ignored |
/// | `cas` | expected and new | `false` if refused, else swapped |
/// | `txn` | steps `[f key value]` | the same, with what was seen |
/// | `transfer` | `{from to amount}`, or these as a vector | the result |
/// | any other | a vector is the arguments, anything else the only one | the result |
///
/// If every value of a file is a pair of key and value, as jepsen.independent writes them, the
/// pairs are taken apart.
final class EventAssembler {
  private final TextScanner in;
  private final NilMeaning nilMeaning;
  private final FailMeaning failMeaning;
  private final boolean timesCount;
  private final ReadOptions options;
  private final List<Event> events = new ArrayList<>();

  /// By operation, where its invocation stands.
  private final List<Integer> offsets = new ArrayList<>();

  private final History.Builder builder = History.builder();

  /// @param timesCount whether written times order the events; otherwise their places in the file
  ///   do
  EventAssembler(
      TextScanner in,
      ReadOptions options,
      NilMeaning nilMeaning,
      FailMeaning failMeaning,
      boolean timesCount) {
    this.in = in;
    this.options = options;
    this.nilMeaning = nilMeaning;
    this.failMeaning = failMeaning;
    this.timesCount = timesCount;
  }

  void add(Datum datum) throws MalformedHistoryException {
    Event event = Event.read(in, datum);
    if (event != null) {
      events.add(event);
    }
  }

  History assemble() throws MalformedHistoryException {
    boolean timed = timesCount && !events.isEmpty() && events.getFirst().time() != null;
    boolean paired = !events.isEmpty() && events.stream().allMatch(EventAssembler::isPair);
    for (int place = 0; place < events.size(); place++) {
      Event event = events.get(place);
      long time = timed || timesCount ? time(event, timed, place) : place;
      Event single = paired ? takeApart(event) : event;
      if (single.type() == Event.Type.INVOKE) {
        invoke(single, time);
      } else {
        complete(single, time);
      }
    }
    History history = builder.build();
    raiseObjections(history);
    return history;
  }

  private long time(Event event, boolean timed, int place) throws MalformedHistoryException {
    Datum.Whole time = event.time();
    if (timed != (time != null)) {
      throw in.expected(event.offset(), "a time in every event or in none");
    }
    return time == null ? place : time.number();
  }

  /// Only a pair whose second part could stand alone counts, so that the two arguments of a `cas`
  /// are none.
  private static boolean isPair(Event event) {
    if (event.key() != null
        || !(event.value() instanceof Datum.Sequence pair)
        || pair.elements().size() != 2) {
      return false;
    }
    Datum second = pair.elements().get(1);
    if (event.function().equals("txn")) {
      return !(pair.elements().get(0) instanceof Datum.Sequence);
    }
    boolean two = second instanceof Datum.Sequence inner && inner.elements().size() == 2;
    return two || !event.function().equals("cas");
  }

  private static Event takeApart(Event event) {
    List<Datum> pair =
        event.value() instanceof Datum.Sequence(_, List<Datum> elements) ? elements : List.of();
    return new Event(
        event.offset(),
        event.process(),
        event.type(),
        event.function(),
        pair.get(0),
        pair.get(1),
        event.time());
  }

  private void invoke(Event event, long time) throws MalformedHistoryException {
    long process = event.process().number();
    if (builder.isWaiting(process)) {
      Operation open = builder.waitingFor(process);
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
    builder.invokeAtLine(line, process, event.function(), key, arguments(event), time);
    offsets.add(event.offset());
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

  private void complete(Event event, long time) throws MalformedHistoryException {
    long process = event.process().number();
    if (!builder.isWaiting(process)) {
      throw in.expected(
          event.offset(),
          String.format(
              Locale.ROOT,
              "an invocation of %s by process %d before its completion",
              event.function(),
              process));
    }
    Operation open = builder.waitingFor(process);
    requireMatch(event, open);
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
      case OK -> builder.ok(process, result(event), time);
      case FAIL -> {
        if (failMeaning == FailMeaning.OBSERVED && event.function().equals("cas")) {
          builder.ok(process, Value.FALSE, time);
        } else {
          builder.fail(process, time);
        }
      }
      case INFO -> builder.info(process);
      case INVOKE -> throw new IllegalStateException("an invocation completes nothing");
    }
  }

  private void requireMatch(Event event, Operation open) throws MalformedHistoryException {
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

  private void raiseObjections(History history) throws MalformedHistoryException {
    for (int number = 0; number < history.operations().size(); number++) {
      Action action = history.operations().get(number).action();
      Optional<String> objection = options.objection().apply(action);
      if (objection.isPresent()) {
        throw in.expected(offsets.get(number), objection.get());
      }
    }
  }
}
