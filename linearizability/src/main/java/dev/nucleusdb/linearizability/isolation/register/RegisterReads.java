package dev.nucleusdb.linearizability.isolation.register;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.FindingList;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.transaction.IntList;
import dev.nucleusdb.linearizability.isolation.transaction.StepsByKey;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who read whose write, and what is wrong with single reads.
final class RegisterReads {
  /// The writer of what a register holds at first.
  static final int NOBODY = -1;

  private final TransactionHistory history;
  private final StepsByKey byKey;
  private final FindingList findings = new FindingList();
  private final boolean[] member;
  private Optional<String> defect = Optional.empty();

  /// By read from another transaction: the reader, the key and the writer.
  private final IntList readers = new IntList();

  private final IntList keys = new IntList();
  private final IntList writers = new IntList();

  /// Of the key at hand, the step that wrote each value.
  private final Map<Integer, Integer> writeOf = new LinkedHashMap<>();

  /// Of the key at hand, who read each version and wrote the key.
  private final Map<Integer, Integer> replacerOf = new LinkedHashMap<>();

  RegisterReads(TransactionHistory history, Patience patience) {
    this.history = history;
    this.byKey = StepsByKey.of(history, patience);
    patience.begin("keys had their reads matched with writes", history.keyCount());
    patience.take(history.size() + 3L * Integer.BYTES * history.stepCount());
    this.member = new boolean[history.size()];
    for (int transaction = 0; transaction < member.length; transaction++) {
      member[transaction] = history.isCommitted(transaction);
    }
    for (int key = 0; key < history.keyCount(); key++) {
      index(key);
      replacerOf.clear();
      transactions(key);
      patience.spend(byKey.first()[key + 1] - byKey.first()[key]);
      patience.advance();
    }
  }

  FindingList findings() {
    return findings;
  }

  boolean[] member() {
    return member;
  }

  Optional<String> defect() {
    return defect;
  }

  int count() {
    return readers.size();
  }

  int reader(int read) {
    return readers.get(read);
  }

  int key(int read) {
    return keys.get(read);
  }

  /// Who wrote what was read, or [#NOBODY].
  int writer(int read) {
    return writers.get(read);
  }

  private void index(int key) {
    writeOf.clear();
    for (int place = byKey.first()[key]; place < byKey.first()[key + 1]; place++) {
      int step = byKey.steps()[place];
      if (history.kind(step).isWrite()) {
        Integer earlier = writeOf.putIfAbsent(history.value(step), step);
        if (earlier != null && defect.isEmpty()) {
          defect =
              Optional.of(
                  history.valueName(history.value(step))
                      + " is written to "
                      + history.keyName(key)
                      + " by "
                      + place(earlier)
                      + " and by "
                      + place(step)
                      + ": values must be unique, or it cannot be told whose was read");
        }
      }
    }
  }

  private String place(int step) {
    int transaction = byKey.transactionOf()[step];
    int line = history.line(transaction);
    return Words.of(history, transaction) + (line > 0 ? " (line " + line + ")" : "");
  }

  private void transactions(int key) {
    int place = byKey.first()[key];
    int end = byKey.first()[key + 1];
    while (place < end) {
      int transaction = byKey.transactionOf()[byKey.steps()[place]];
      int next = place + 1;
      while (next < end && byKey.transactionOf()[byKey.steps()[next]] == transaction) {
        next++;
      }
      if (history.isCommitted(transaction)) {
        one(key, transaction, place, next);
      }
      place = next;
    }
  }

  private void one(int key, int transaction, int from, int to) {
    int own = TransactionHistory.ABSENT;
    boolean wrote = false;
    int first = -1;
    for (int place = from; place < to; place++) {
      int step = byKey.steps()[place];
      if (history.kind(step).isWrite()) {
        own = history.value(step);
        wrote = true;
      } else if (history.isKnown(step)) {
        int value = history.value(step);
        boolean contradicts = wrote ? value != own : first >= 0 && history.value(first) != value;
        if (contradicts) {
          findings.add(
              Anomaly.INTERNAL,
              List.of(transaction),
              () -> inWords(step) + ", which is not what it had read or written before");
        }
        if (!wrote || contradicts) {
          external(key, transaction, step);
        }
        first = first < 0 && !wrote ? step : first;
      }
    }
    if (first >= 0 && wrote) {
      replaced(transaction, first);
    }
  }

  private void external(int key, int transaction, int step) {
    if (history.value(step) == TransactionHistory.ABSENT) {
      add(transaction, key, NOBODY);
      return;
    }
    Integer write = writeOf.get(history.value(step));
    if (write == null) {
      findings.add(
          Anomaly.GARBAGE_READ, List.of(transaction), () -> inWords(step) + ", which nobody wrote");
      return;
    }
    int writer = byKey.transactionOf()[write];
    if (writer == transaction) {
      if (write > step) {
        findings.add(
            Anomaly.FUTURE_READ,
            List.of(transaction),
            () -> inWords(step) + ", which it wrote only later");
      }
      return;
    }
    if (history.isAborted(writer)) {
      findings.add(
          Anomaly.G1A,
          List.of(writer, transaction),
          () -> inWords(step) + ", which " + Words.of(history, writer) + " wrote and aborted");
      return;
    }
    member[writer] = true;
    if (!isFinal(write, writer)) {
      findings.add(
          Anomaly.G1B,
          List.of(writer, transaction),
          () -> inWords(step) + ", which " + Words.of(history, writer) + " replaced itself");
    }
    add(transaction, key, writer);
  }

  private void add(int reader, int key, int writer) {
    readers.add(reader);
    keys.add(key);
    writers.add(writer);
  }

  private boolean isFinal(int write, int writer) {
    for (int step = write + 1; step < history.endStep(writer); step++) {
      if (history.kind(step).isWrite() && history.key(step) == history.key(write)) {
        return false;
      }
    }
    return true;
  }

  private void replaced(int transaction, int read) {
    Integer other = replacerOf.putIfAbsent(history.value(read), transaction);
    if (other != null) {
      findings.add(
          Anomaly.LOST_UPDATE,
          List.of(other, transaction),
          () -> inWords(read) + " and wrote it, and so did " + Words.of(history, other));
    }
  }

  private String inWords(int step) {
    return Words.of(history, byKey.transactionOf()[step])
        + " read "
        + history.keyName(history.key(step))
        + " as "
        + Words.seen(history, step);
  }
}
