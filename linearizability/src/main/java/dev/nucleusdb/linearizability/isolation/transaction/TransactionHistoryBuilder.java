package dev.nucleusdb.linearizability.isolation.transaction;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Makes histories of transactions: steps first, then [#end] for the transaction that they are of.
public final class TransactionHistoryBuilder {
  private static final int UNKNOWN = -2;

  private final LongList sessions = new LongList();
  private final IntList outcomes = new IntList();
  private final LongList invokeTimes = new LongList();
  private final LongList returnTimes = new LongList();
  private final LongList starts = new LongList();
  private final LongList commits = new LongList();
  private final IntList lines = new IntList();
  private final IntList firstStep = new IntList();

  private final IntList kinds = new IntList();
  private final IntList keys = new IntList();
  private final IntList contents = new IntList();
  private final IntList listEnds = new IntList();
  private final IntList elements = new IntList();
  private final ValueNames keyNames = new ValueNames();
  private final ValueNames valueNames = new ValueNames();

  TransactionHistoryBuilder() {
    firstStep.add(0);
  }

  /// Adds a step that appends a value.
  public TransactionHistoryBuilder append(Value key, Value value) {
    return step(StepKind.APPEND, keyNames.idOf(key), valueNames.idOf(value), 0);
  }

  /// Adds a step that appends a number to the list of a key that is a number.
  public TransactionHistoryBuilder append(long key, long value) {
    return step(StepKind.APPEND, keyNames.idOf(key), valueNames.idOf(value), 0);
  }

  /// Adds a step that read a list.
  ///
  /// @param predicate whether the key is one item of those that a predicate ranges over
  public TransactionHistoryBuilder readList(Value key, List<Value> seen, boolean predicate) {
    int start = elements.size();
    for (Value value : seen) {
      elements.add(valueNames.idOf(value));
    }
    StepKind kind = predicate ? StepKind.SEE_LIST : StepKind.READ_LIST;
    return step(kind, keyNames.idOf(key), start, elements.size());
  }

  /// Adds a step that read a list of numbers, from 0 up to a length.
  public TransactionHistoryBuilder readList(long key, long[] seen, int length) {
    int start = elements.size();
    for (int place = 0; place < length; place++) {
      elements.add(valueNames.idOf(seen[place]));
    }
    return step(StepKind.READ_LIST, keyNames.idOf(key), start, elements.size());
  }

  /// Adds a step that wrote a register.
  public TransactionHistoryBuilder write(Value key, Value value) {
    return step(StepKind.WRITE, keyNames.idOf(key), valueNames.idOf(value), 0);
  }

  /// Adds a step that wrote a number to a register whose key is a number.
  public TransactionHistoryBuilder write(long key, long value) {
    return step(StepKind.WRITE, keyNames.idOf(key), valueNames.idOf(value), 0);
  }

  /// Adds a step that read a register; [Value#ABSENT] for one that held nothing.
  public TransactionHistoryBuilder read(Value key, Value seen) {
    int value = seen.equals(Value.ABSENT) ? TransactionHistory.ABSENT : valueNames.idOf(seen);
    return step(StepKind.READ, keyNames.idOf(key), value, 0);
  }

  /// Adds a step that read a number from a register whose key is a number.
  public TransactionHistoryBuilder read(long key, long seen) {
    return step(StepKind.READ, keyNames.idOf(key), valueNames.idOf(seen), 0);
  }

  /// Adds a read whose result nobody recorded.
  public TransactionHistoryBuilder readUnknown(StepKind kind, Value key) {
    return step(kind, keyNames.idOf(key), UNKNOWN, UNKNOWN);
  }

  private TransactionHistoryBuilder step(StepKind kind, int key, int content, int listEnd) {
    kinds.add(kind.code());
    keys.add(key);
    contents.add(content);
    listEnds.add(listEnd);
    return this;
  }

  /// Ends a transaction without timestamps; see [#end(long, Outcome, long, long, int, long, long)].
  public TransactionHistoryBuilder end(
      long session, Outcome outcome, long invokeTime, long returnTime) {
    return end(
        session,
        outcome,
        invokeTime,
        returnTime,
        0,
        TransactionHistory.UNRECORDED,
        TransactionHistory.UNRECORDED);
  }

  /// Ends the transaction whose steps were added.
  ///
  /// @param session the process that ran it; a session is the transactions of one process in the
  ///   order of their invocations
  /// @param returnTime ignored unless the outcome is [Outcome#OK]
  /// @param line where it stands in its file, or 0
  /// @param start the timestamp of its snapshot, or [TransactionHistory#UNRECORDED]
  /// @param commit its commit timestamp, or [TransactionHistory#UNRECORDED]
  public TransactionHistoryBuilder end(
      long session,
      Outcome outcome,
      long invokeTime,
      long returnTime,
      int line,
      long start,
      long commit) {
    sessions.add(session);
    outcomes.add(TransactionColumns.code(outcome));
    invokeTimes.add(invokeTime);
    returnTimes.add(outcome == Outcome.OK ? returnTime : TransactionHistory.NEVER);
    lines.add(line);
    starts.add(start);
    commits.add(commit);
    firstStep.add(kinds.size());
    return this;
  }

  /// The history. Transactions that were invoked at the same time stay in the order in which they
  /// were added.
  public TransactionHistory build() {
    int[] order = order();
    int[] from = new int[order.length + 1];
    int[] stepOrder = new int[kinds.size()];
    int step = 0;
    for (int place = 0; place < order.length; place++) {
      from[place] = step;
      for (int old = firstStep.get(order[place]); old < firstStep.get(order[place] + 1); old++) {
        stepOrder[step++] = old;
      }
    }
    from[order.length] = step;
    TransactionColumns columns =
        new TransactionColumns(
            picked(sessions, order),
            bytes(outcomes, order),
            picked(invokeTimes, order),
            picked(returnTimes, order),
            picked(starts, order),
            picked(commits, order),
            picked(lines, order));
    StepColumns steps =
        new StepColumns(
            bytes(kinds, stepOrder),
            picked(keys, stepOrder),
            picked(contents, stepOrder),
            picked(listEnds, stepOrder),
            elements.toArray(),
            keyNames,
            valueNames);
    return new TransactionHistory(columns, steps, from);
  }

  private int[] order() {
    int count = sessions.size();
    boolean sorted = true;
    for (int place = 1; place < count && sorted; place++) {
      sorted = invokeTimes.get(place - 1) <= invokeTimes.get(place);
    }
    IntStream order = IntStream.range(0, count);
    return sorted
        ? order.toArray()
        : order
            .boxed()
            .sorted(Comparator.comparingLong(invokeTimes::get))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  private static long[] picked(LongList list, int[] order) {
    return Arrays.stream(order).mapToLong(list::get).toArray();
  }

  private static int[] picked(IntList list, int[] order) {
    return Arrays.stream(order).map(list::get).toArray();
  }

  private static byte[] bytes(IntList list, int[] order) {
    byte[] bytes = new byte[order.length];
    for (int place = 0; place < order.length; place++) {
      bytes[place] = (byte) list.get(order[place]);
    }
    return bytes;
  }
}
