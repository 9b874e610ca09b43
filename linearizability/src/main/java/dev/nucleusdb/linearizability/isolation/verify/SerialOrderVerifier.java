package dev.nucleusdb.linearizability.isolation.verify;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.transaction.IntList;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Replays a serial order.
public final class SerialOrderVerifier {
  private final TransactionHistory history;
  private final int[] order;

  private SerialOrderVerifier(TransactionHistory history, int[] order) {
    this.history = history;
    this.order = order;
  }

  /// What is wrong with an order of transactions, or empty if it explains the history: each
  /// committed transaction is in it once, an aborted one never, each read shows what those before
  /// left, and it agrees with session order or real time if that is asked for.
  public static Optional<String> objection(
      TransactionHistory history, int[] order, OrderKept kept) {
    SerialOrderVerifier verifier = new SerialOrderVerifier(history, order);
    return verifier
        .wrongMember()
        .or(verifier::wrongRead)
        .or(() -> kept == OrderKept.NONE ? Optional.empty() : verifier.wrongSession())
        .or(() -> kept == OrderKept.REAL_TIME ? verifier.wrongTime() : Optional.empty());
  }

  private Optional<String> wrongMember() {
    boolean[] there = new boolean[history.size()];
    for (int transaction : order) {
      if (there[transaction] || history.isAborted(transaction)) {
        return Optional.of(name(transaction) + " must not be there, or not twice");
      }
      there[transaction] = true;
    }
    for (int transaction = 0; transaction < there.length; transaction++) {
      if (history.isCommitted(transaction) && !there[transaction]) {
        return Optional.of(name(transaction) + " committed and is missing");
      }
    }
    return Optional.empty();
  }

  private Optional<String> wrongRead() {
    IntList[] lists = new IntList[history.keyCount()];
    int[] registers = new int[history.keyCount()];
    for (int key = 0; key < lists.length; key++) {
      lists[key] = new IntList();
      registers[key] = TransactionHistory.ABSENT;
    }
    for (int transaction : order) {
      int end = history.endStep(transaction);
      for (int step = history.firstStep(transaction); step < end; step++) {
        int key = history.key(step);
        boolean counts = history.isCommitted(transaction) && history.isKnown(step);
        boolean right =
            switch (history.kind(step)) {
              case APPEND -> {
                lists[key].add(history.value(step));
                yield true;
              }
              case WRITE -> {
                registers[key] = history.value(step);
                yield true;
              }
              case READ -> !counts || registers[key] == history.value(step);
              case READ_LIST, SEE_LIST -> !counts || isList(step, lists[key]);
            };
        if (!right) {
          return Optional.of(name(transaction) + " reads something else there");
        }
      }
    }
    return Optional.empty();
  }

  private boolean isList(int step, IntList list) {
    int start = history.listStart(step);
    int size = history.listEnd(step) - start;
    if (size != list.size()) {
      return false;
    }
    for (int place = 0; place < size; place++) {
      if (history.elements()[start + place] != list.get(place)) {
        return false;
      }
    }
    return true;
  }

  private Optional<String> wrongSession() {
    Map<Long, Integer> latest = new LinkedHashMap<>();
    for (int transaction : order) {
      int before = latest.getOrDefault(history.session(transaction), -1);
      if (transaction < before && history.outcome(transaction) == Outcome.OK) {
        return Optional.of(name(transaction) + " comes after a later one of its session");
      }
      latest.put(history.session(transaction), Math.max(before, transaction));
    }
    return Optional.empty();
  }

  private Optional<String> wrongTime() {
    long earliestReturn = TransactionHistory.NEVER;
    for (int place = order.length - 1; place >= 0; place--) {
      int transaction = order[place];
      if (earliestReturn < history.invokeTime(transaction)) {
        return Optional.of(name(transaction) + " comes before one that had returned");
      }
      earliestReturn = Math.min(earliestReturn, history.returnTime(transaction));
    }
    return Optional.empty();
  }

  private static String name(int transaction) {
    return "T" + (transaction + 1);
  }
}
