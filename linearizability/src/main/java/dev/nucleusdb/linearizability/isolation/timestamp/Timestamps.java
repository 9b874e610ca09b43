package dev.nucleusdb.linearizability.isolation.timestamp;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.Locale;
import java.util.Optional;

/// The timestamps of the transactions that committed.
final class Timestamps {
  private final long[] starts;
  private final long[] commits;
  private final boolean[] member;

  /// Whether a transaction has a timestamp of its commit: otherwise it reads at its start alone.
  private final boolean[] told;

  private final boolean[] writes;
  private final boolean[] reads;
  private Optional<String> defect = Optional.empty();

  Timestamps(TransactionHistory history) {
    int count = history.size();
    starts = new long[count];
    commits = new long[count];
    member = new boolean[count];
    told = new boolean[count];
    writes = new boolean[count];
    reads = new boolean[count];
    for (int transaction = 0; transaction < count; transaction++) {
      long start = history.startTimestamp(transaction);
      long commit = history.commitTimestamp(transaction);
      boolean committed = history.isCommitted(transaction);
      told[transaction] = commit != TransactionHistory.UNRECORDED;
      boolean unknown = history.outcome(transaction) == Outcome.UNKNOWN;
      member[transaction] = committed || (unknown && told[transaction]);
      for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
        writes[transaction] |= history.kind(step).isWrite();
        reads[transaction] |= !history.kind(step).isWrite() && history.isKnown(step);
      }
      boolean started = start != TransactionHistory.UNRECORDED;
      starts[transaction] = started ? start : commit;
      commits[transaction] = told[transaction] ? commit : start;
      if (member[transaction] && defect.isEmpty()) {
        if (!started && !told[transaction]) {
          defect = Optional.of(name(history, transaction) + " has no timestamp");
        } else if (starts[transaction] > commits[transaction]) {
          defect =
              Optional.of(
                  String.format(
                      Locale.ROOT,
                      "%s started at %d, after its commit at %d",
                      name(history, transaction),
                      start,
                      commit));
        }
      }
    }
  }

  private static String name(TransactionHistory history, int transaction) {
    int line = history.line(transaction);
    return "T" + (transaction + 1) + (line > 0 ? " (line " + line + ")" : "");
  }

  Optional<String> defect() {
    return defect;
  }

  /// Whether a transaction committed.
  boolean isMember(int transaction) {
    return member[transaction];
  }

  long start(int transaction) {
    return starts[transaction];
  }

  long commit(int transaction) {
    return commits[transaction];
  }

  boolean hasCommit(int transaction) {
    return told[transaction];
  }

  boolean writes(int transaction) {
    return writes[transaction];
  }

  /// Whether it read anything that is known.
  boolean reads(int transaction) {
    return reads[transaction];
  }

  long[] starts() {
    return starts;
  }

  long[] commits() {
    return commits;
  }
}
