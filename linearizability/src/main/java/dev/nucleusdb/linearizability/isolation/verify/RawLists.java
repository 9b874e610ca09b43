package dev.nucleusdb.linearizability.isolation.verify;

import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The reads of lists in a history, as plain lists without elements of aborted transactions.
final class RawLists {
  private final TransactionHistory history;

  /// Keys that matter, and by key the values that aborted transactions appended, and all lists that
  /// committed ones read.
  private final List<Integer> keys = new ArrayList<>();

  private final List<Set<Integer>> abortedValues = new ArrayList<>();
  private final List<Set<List<Integer>>> reads = new ArrayList<>();

  /// @param transactions only keys of theirs will be asked for
  RawLists(TransactionHistory history, List<Integer> transactions) {
    this.history = history;
    for (int transaction : transactions) {
      for (int step : steps(transaction)) {
        if (!keys.contains(history.key(step))) {
          keys.add(history.key(step));
          abortedValues.add(new LinkedHashSet<>());
          reads.add(new LinkedHashSet<>());
        }
      }
    }
    boolean[] matters = new boolean[history.keyCount()];
    keys.forEach(key -> matters[key] = true);
    for (int transaction = 0; transaction < history.size(); transaction++) {
      if (history.isAborted(transaction)) {
        for (int step : steps(transaction)) {
          if (history.kind(step) == StepKind.APPEND && matters[history.key(step)]) {
            abortedValues.get(keys.indexOf(history.key(step))).add(history.value(step));
          }
        }
      }
    }
    for (int transaction = 0; transaction < history.size(); transaction++) {
      for (int step : steps(transaction)) {
        if (matters[history.key(step)] && isRead(transaction, step)) {
          reads.get(keys.indexOf(history.key(step))).add(list(step));
        }
      }
    }
  }

  List<Integer> steps(int transaction) {
    List<Integer> steps = new ArrayList<>();
    for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
      steps.add(step);
    }
    return steps;
  }

  boolean isRead(int transaction, int step) {
    return history.kind(step).isListRead()
        && history.isKnown(step)
        && history.isCommitted(transaction);
  }

  boolean isAppend(int step) {
    return history.kind(step) == StepKind.APPEND;
  }

  /// All lists that were read of a key.
  Set<List<Integer>> readsOf(int key) {
    return reads.get(keys.indexOf(key));
  }

  /// Whether a value is in a list that was read of a key.
  boolean isSeen(int key, int value) {
    return readsOf(key).stream().anyMatch(list -> list.contains(value));
  }

  /// What a step read.
  List<Integer> list(int step) {
    List<Integer> list = new ArrayList<>();
    for (int place = history.listStart(step); place < history.listEnd(step); place++) {
      list.add(history.elements()[place]);
    }
    list.removeAll(abortedValues.get(keys.indexOf(history.key(step))));
    return list;
  }

  /// What a step read of other transactions: without what its own had appended before, if that is
  /// how the list ends.
  List<Integer> fromOthers(int transaction, int step) {
    List<Integer> list = list(step);
    List<Integer> own = new ArrayList<>();
    for (int earlier : steps(transaction)) {
      if (earlier < step && isAppend(earlier) && history.key(earlier) == history.key(step)) {
        own.add(history.value(earlier));
      }
    }
    int before = list.size() - own.size();
    return before >= 0 && list.subList(before, list.size()).equals(own)
        ? list.subList(0, before)
        : list;
  }
}
