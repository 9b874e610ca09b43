package dev.nucleusdb.linearizability.reader;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistoryBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a history of transactions of events: pairs invocations with completions.
///
/// The steps of a transaction are those of its completion if that has any, else those of its
/// invocation. If no event of the file is an invocation, times mean nothing, and of the order of
/// the file only that within a process counts.
final class TransactionAssembler {
  private final TextScanner in;
  private final boolean timesCount;
  private final TransactionHistoryBuilder builder = TransactionHistory.builder();
  private final StepReader steps;

  /// Open transactions by process.
  private final Map<Long, Open> open = new LinkedHashMap<>();

  private boolean timed;
  private boolean invoked;
  private int place;

  private record Open(Event event, long time, int line) {}

  /// @param timesCount whether written times order the events; otherwise their places in the file
  ///   do
  TransactionAssembler(TextScanner in, boolean timesCount, DataModel model) {
    this.in = in;
    this.timesCount = timesCount;
    this.steps = new StepReader(in, builder, model);
  }

  void add(Datum datum) throws MalformedHistoryException {
    Event event = Event.read(in, datum);
    if (event == null) {
      return;
    }
    if (!event.function().equals("txn")) {
      throw in.expected(
          event.offset(), "transactions alone, with f txn, but found '" + event.function() + "'");
    }
    boolean isInvocation = event.type() == Event.Type.INVOKE;
    if (place == 0) {
      timed = timesCount && event.time() != null;
      invoked = isInvocation;
    }
    long time = time(event);
    if (isInvocation) {
      invoke(event, time);
    } else {
      complete(event, (Datum.Mapping) datum, time);
    }
    place++;
  }

  private long time(Event event) throws MalformedHistoryException {
    Datum.Whole time = event.time();
    if (timesCount && timed != (time != null)) {
      throw in.expected(event.offset(), "a time in every event or in none");
    }
    return timed && time != null ? time.number() : place;
  }

  private void invoke(Event event, long time) throws MalformedHistoryException {
    long process = event.process().number();
    Open before = open.get(process);
    if (before != null) {
      throw in.expected(
          event.offset(),
          "process "
              + process
              + " to complete its transaction of line "
              + before.line()
              + " before it invokes another");
    }
    if (!invoked) {
      throw in.expected(
          event.offset(), "no invocation, since the first event of the file is a completion");
    }
    open.put(process, new Open(event, time, in.lineOf(event.offset())));
  }

  private void complete(Event event, Datum.Mapping map, long time)
      throws MalformedHistoryException {
    long process = event.process().number();
    Open begun = open.remove(process);
    if (begun == null && invoked) {
      throw in.expected(
          event.offset(),
          "an invocation of a transaction by process " + process + " before its completion");
    }
    if (begun == null) {
      begun = new Open(event, place, in.lineOf(event.offset()));
    } else if (time < begun.time()) {
      throw in.expected(
          event.offset(),
          "a completion no earlier than its invocation at " + begun.time() + ", but found " + time);
    }
    end(begun, event, map, time);
  }

  private void end(Open begun, Event event, Datum.Mapping map, long time)
      throws MalformedHistoryException {
    Outcome outcome =
        switch (event.type()) {
          case OK -> Outcome.OK;
          case FAIL -> Outcome.FAILED;
          case INFO -> Outcome.UNKNOWN;
          case INVOKE -> throw new IllegalStateException("an invocation completes nothing");
        };
    Datum value = event.value();
    boolean told = value != null && !(value instanceof Datum.Nil);
    steps.read(event.offset(), told ? value : begun.event().value(), outcome == Outcome.OK);
    builder.end(
        event.process().number(),
        outcome,
        begun.time(),
        invoked ? time : TransactionHistory.UNTIMED,
        begun.line(),
        timestamp(map, "start"),
        timestamp(map, "commit"));
  }

  private long timestamp(Datum.Mapping map, String name) throws MalformedHistoryException {
    @Nullable Datum datum = map.get(name);
    if (datum == null || datum instanceof Datum.Nil) {
      return TransactionHistory.UNRECORDED;
    }
    if (!(datum instanceof Datum.Whole whole) || whole.number() < 0) {
      throw in.expected(
          datum.offset(), "a whole number that is not negative as " + name + " timestamp");
    }
    return whole.number();
  }

  TransactionHistory assemble() throws MalformedHistoryException {
    for (Map.Entry<Long, Open> left : open.entrySet()) {
      Open begun = left.getValue();
      steps.read(begun.event().offset(), begun.event().value(), false);
      builder.end(
          left.getKey(),
          Outcome.UNKNOWN,
          begun.time(),
          TransactionHistory.NEVER,
          begun.line(),
          TransactionHistory.UNRECORDED,
          TransactionHistory.UNRECORDED);
    }
    return builder.build();
  }
}
