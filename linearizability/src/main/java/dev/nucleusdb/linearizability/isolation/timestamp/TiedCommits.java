package dev.nucleusdb.linearizability.isolation.timestamp;

import static dev.nucleusdb.linearizability.isolation.level.BaseLevel.SERIALIZABLE;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.Words;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// Transactions that committed at one timestamp. By their commits they see nothing of each other
/// (by a single timestamp, everything), so timestamps alone prove an order of them only if none
/// that wrote has read what another one wrote:
///
/// ```
///   who only read what others wrote here ─► who wrote, and the rest ─► who has a single timestamp
/// ```
final class TiedCommits {
  private final TransactionHistory history;
  private final Timestamps timestamps;
  private final TimestampFindings findings;

  /// Who comes before all that wrote here, and before those that wrote with a single timestamp.
  private final BitSet first = new BitSet();

  private final BitSet beforeSingle = new BitSet();

  TiedCommits(TransactionHistory history, Timestamps timestamps, TimestampFindings findings) {
    this.history = history;
    this.timestamps = timestamps;
    this.findings = findings;
  }

  /// Whether a transaction has to come before all that wrote at its commit.
  boolean comesFirst(int transaction) {
    return first.get(transaction);
  }

  /// Whether a transaction has to come before somebody who has its commit as single timestamp.
  boolean comesBeforeSingle(int transaction) {
    return first.get(transaction) || beforeSingle.get(transaction);
  }

  /// Compares those that committed at one timestamp.
  ///
  /// @param byCommit holds them
  /// @param from the first
  /// @param to behind the last
  void compare(int[] byCommit, int from, int to) {
    IntPredicate told = timestamps::hasCommit;
    IntPredicate atOnce = one -> timestamps.start(one) == timestamps.commit(one);
    Map<Integer, Integer> writers = writers(byCommit, from, to, told);
    Map<Integer, Integer> single = writers(byCommit, from, to, told.negate());
    Map<Integer, Integer> inclusive = writers(byCommit, from, to, atOnce);
    for (int place = from; place < to && writers.size() + single.size() > 0; place++) {
      int transaction = byCommit[place];
      if (atOnce.test(transaction)) {
        requireNoneRead(transaction, inclusive, BaseLevel.SNAPSHOT);
      }
      requireNoneRead(transaction, told.test(transaction) ? writers : single, SERIALIZABLE);
      if (told.test(transaction)) {
        boolean onlyReads = !timestamps.writes(transaction);
        first.set(transaction, onlyReads && readStep(transaction, writers) >= 0);
        beforeSingle.set(transaction, readStep(transaction, single) >= 0);
      }
    }
  }

  /// By key, who wrote it last of those who are so.
  private Map<Integer, Integer> writers(int[] byCommit, int from, int to, IntPredicate who) {
    Map<Integer, Integer> writers = new LinkedHashMap<>();
    for (int place = from; place < to; place++) {
      if (who.test(byCommit[place])) {
        addWritten(byCommit[place], writers);
      }
    }
    return writers;
  }

  private void addWritten(int transaction, Map<Integer, Integer> writers) {
    for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
      if (history.kind(step).isWrite()) {
        writers.put(history.key(step), transaction);
      }
    }
  }

  /// A step that reads what another one wrote, or -1.
  private int readStep(int transaction, Map<Integer, Integer> writers) {
    for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
      if (!history.kind(step).isWrite() && history.isKnown(step)) {
        int writer = writers.getOrDefault(history.key(step), transaction);
        if (writer != transaction) {
          return step;
        }
      }
    }
    return -1;
  }

  private void requireNoneRead(int transaction, Map<Integer, Integer> writers, BaseLevel base) {
    int step = timestamps.writes(transaction) ? readStep(transaction, writers) : -1;
    if (step >= 0) {
      int key = history.key(step);
      report(transaction, writers.getOrDefault(key, transaction), key, base);
    }
  }

  private void report(int transaction, int other, int key, BaseLevel base) {
    findings.add(
        Anomaly.WRITE_CONFLICT,
        base,
        OrderKept.NONE,
        List.of(other, transaction),
        () ->
            Words.of(history, transaction)
                + " wrote and read "
                + history.keyName(key)
                + " at "
                + timestamps.commit(transaction)
                + ", and "
                + Words.of(history, other)
                + " wrote it at the same timestamp");
  }
}
