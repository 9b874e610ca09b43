package dev.nucleusdb.linearizability.isolation.verify;

import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who wrote which value of a register, and who read it from another transaction.
final class RawRegisters {
  /// The writer of what a register holds at first.
  static final int NOBODY = -1;

  /// The writer of what nobody wrote.
  static final int UNKNOWN = -2;

  /// A read of what another transaction wrote, or of what was there at first.
  record Read(int reader, int key, int writer) {}

  private final TransactionHistory history;
  private final Map<List<Integer>, Integer> writers = new LinkedHashMap<>();
  private final Map<Integer, Set<Integer>> writersOfKey = new LinkedHashMap<>();
  private final List<Read> reads = new ArrayList<>();
  private final boolean[] happened;

  RawRegisters(TransactionHistory history) {
    this.history = history;
    this.happened = new boolean[history.size()];
    for (int transaction = 0; transaction < history.size(); transaction++) {
      happened[transaction] = history.isCommitted(transaction);
      for (int step : steps(transaction)) {
        if (isWrite(step)) {
          writers.put(List.of(history.key(step), history.value(step)), transaction);
          writersOfKey
              .computeIfAbsent(history.key(step), _ -> new LinkedHashSet<>())
              .add(transaction);
        }
      }
    }
    for (int transaction = 0; transaction < history.size(); transaction++) {
      for (int step : steps(transaction)) {
        int writer = isRead(transaction, step) ? writerOf(step) : UNKNOWN;
        boolean external = writer == NOBODY || (writer >= 0 && !history.isAborted(writer));
        if (external && writer != transaction && !isOwnWrite(transaction, step)) {
          reads.add(new Read(transaction, history.key(step), writer));
          if (writer != NOBODY) {
            happened[writer] = true;
          }
        }
      }
    }
  }

  /// All reads of other transactions that happened.
  List<Read> reads() {
    return reads;
  }

  /// Whether a transaction committed, or somebody read what it wrote.
  boolean happened(int transaction) {
    return happened[transaction];
  }

  /// Those that wrote a key and happened.
  List<Integer> writersOf(int key) {
    Set<Integer> all = writersOfKey.get(key);
    return all == null ? List.of() : all.stream().filter(this::happened).toList();
  }

  List<Integer> steps(int transaction) {
    List<Integer> steps = new ArrayList<>();
    for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
      steps.add(step);
    }
    return steps;
  }

  boolean isWrite(int step) {
    return history.kind(step) == StepKind.WRITE;
  }

  boolean isRead(int transaction, int step) {
    return history.kind(step) == StepKind.READ
        && history.isKnown(step)
        && history.isCommitted(transaction);
  }

  /// Who wrote what a step read.
  int writerOf(int step) {
    return history.value(step) == TransactionHistory.ABSENT
        ? NOBODY
        : writers.getOrDefault(List.of(history.key(step), history.value(step)), UNKNOWN);
  }

  /// What a transaction wrote to the key of a step, before it.
  List<Integer> writtenBefore(int transaction, int step) {
    List<Integer> values = new ArrayList<>();
    for (int earlier : steps(transaction)) {
      if (earlier < step && isWrite(earlier) && history.key(earlier) == history.key(step)) {
        values.add(history.value(earlier));
      }
    }
    return values;
  }

  private boolean isOwnWrite(int transaction, int step) {
    List<Integer> own = writtenBefore(transaction, step);
    return !own.isEmpty() && own.getLast() == history.value(step);
  }
}
