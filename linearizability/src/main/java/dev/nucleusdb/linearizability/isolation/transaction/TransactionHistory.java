package dev.nucleusdb.linearizability.isolation.transaction;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.List;

/// Transactions in the order of their invocations, as numbers.
///
/// Transactions, steps and keys are numbered from 0. A transaction's interval is closed: one that
/// returns at the time at which another is invoked is concurrent with it. One that failed or whose
/// fate is unknown never returns.
public final class TransactionHistory {
  /// The return of a transaction that nobody saw return.
  public static final long NEVER = Long.MAX_VALUE;

  /// The return of a transaction that returned at a time that nobody recorded.
  public static final long UNTIMED = Long.MAX_VALUE - 1;

  /// The timestamp that nobody recorded.
  public static final long UNRECORDED = Long.MIN_VALUE;

  /// The value id of a register that holds nothing.
  public static final int ABSENT = -1;

  private static final int UNKNOWN = -2;

  private final TransactionColumns columns;
  private final StepColumns steps;
  private final int[] firstStep;

  TransactionHistory(TransactionColumns columns, StepColumns steps, int[] firstStep) {
    this.columns = columns;
    this.steps = steps;
    this.firstStep = firstStep;
  }

  /// A way to make one.
  public static TransactionHistoryBuilder builder() {
    return new TransactionHistoryBuilder();
  }

  /// How many transactions there are.
  public int size() {
    return columns.sessions().length;
  }

  /// The process that ran a transaction.
  public long session(int transaction) {
    return columns.sessions()[transaction];
  }

  /// How a transaction ended.
  public Outcome outcome(int transaction) {
    return TransactionColumns.OUTCOMES[columns.outcomes()[transaction]];
  }

  /// Whether a transaction certainly committed.
  public boolean isCommitted(int transaction) {
    return columns.outcomes()[transaction] == TransactionColumns.COMMITTED;
  }

  /// Whether a transaction certainly aborted.
  public boolean isAborted(int transaction) {
    return columns.outcomes()[transaction] == TransactionColumns.ABORTED;
  }

  /// When a transaction was invoked.
  public long invokeTime(int transaction) {
    return columns.invokeTimes()[transaction];
  }

  /// When a transaction returned, [#UNTIMED] or [#NEVER].
  public long returnTime(int transaction) {
    return columns.returnTimes()[transaction];
  }

  /// The timestamp of the snapshot that a transaction read, or [#UNRECORDED].
  public long startTimestamp(int transaction) {
    return columns.starts()[transaction];
  }

  /// The timestamp at which a transaction committed, or [#UNRECORDED].
  public long commitTimestamp(int transaction) {
    return columns.commits()[transaction];
  }

  /// The line of a transaction's invocation in its file, or 0.
  public int line(int transaction) {
    return columns.lines()[transaction];
  }

  /// A transaction's first step.
  public int firstStep(int transaction) {
    return firstStep[transaction];
  }

  /// The step after a transaction's last one.
  public int endStep(int transaction) {
    return firstStep[transaction + 1];
  }

  /// How many steps all transactions have.
  public int stepCount() {
    return steps.kinds().length;
  }

  /// How many keys there are.
  public int keyCount() {
    return steps.keyNames().size();
  }

  /// How many different values there are.
  public int valueCount() {
    return steps.valueNames().size();
  }

  /// What a step does.
  public StepKind kind(int step) {
    return StepKind.of(steps.kinds()[step]);
  }

  /// On which key.
  public int key(int step) {
    return steps.keys()[step];
  }

  /// Whether a read's result was recorded; true for a write.
  public boolean isKnown(int step) {
    return steps.contents()[step] != UNKNOWN;
  }

  /// The value that a step appended or wrote, or read of a register ([#ABSENT] for nothing).
  public int value(int step) {
    return steps.contents()[step];
  }

  /// Where the elements that a step read begin in [#elements].
  public int listStart(int step) {
    return steps.contents()[step];
  }

  /// Where they end.
  public int listEnd(int step) {
    return steps.listEnds()[step];
  }

  /// The elements of all lists that were read, as value ids. Not to be changed.
  public int[] elements() {
    return steps.elements();
  }

  /// The name of a key.
  public Value keyName(int key) {
    return steps.keyNames().name(key);
  }

  /// The name of a value.
  public Value valueName(int value) {
    return value == ABSENT ? Value.ABSENT : steps.valueNames().name(value);
  }

  /// One transaction in words.
  public Transaction transaction(int index) {
    List<Step> named = new ArrayList<>();
    for (int step = firstStep(index); step < endStep(index); step++) {
      named.add(step(step));
    }
    return new Transaction(
        index,
        line(index),
        session(index),
        outcome(index),
        invokeTime(index),
        returnTime(index),
        named);
  }

  private Step step(int step) {
    List<Value> values = new ArrayList<>();
    if (isKnown(step)) {
      if (kind(step).isListRead()) {
        for (int place = listStart(step); place < listEnd(step); place++) {
          values.add(valueName(elements()[place]));
        }
      } else {
        values.add(valueName(value(step)));
      }
    }
    return new Step(kind(step), keyName(key(step)), values, isKnown(step));
  }
}
