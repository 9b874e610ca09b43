package dev.nucleusdb.linearizability.isolation.verify;

import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Looks again at the reads of lists that are said to be wrong without any cycle.
public final class ReadVerifier {
  private final TransactionHistory history;
  private final List<Integer> transactions;
  private final RawLists lists;

  private ReadVerifier(TransactionHistory history, List<Integer> transactions) {
    this.history = history;
    this.transactions = transactions;
    this.lists = new RawLists(history, transactions);
  }

  /// What is wrong with a finding that is no cycle, or empty if it is right.
  ///
  /// @throws IllegalArgumentException if it is a cycle or about timestamps
  public static Optional<String> objection(TransactionHistory history, Finding finding) {
    ReadVerifier verifier = new ReadVerifier(history, finding.transactions());
    boolean right =
        switch (finding.anomaly()) {
          case GARBAGE_READ -> verifier.readGarbage();
          case DUPLICATE_ELEMENTS -> verifier.readTwice();
          case INCOMPATIBLE_ORDER -> verifier.disagree();
          case G1A, DIRTY_UPDATE -> verifier.readAborted();
          case G1B -> verifier.readIntermediate();
          case FUTURE_READ -> verifier.readOwnLater();
          case INTERNAL -> verifier.contradictsItself();
          case LOST_UPDATE -> verifier.replacedTheSame();
          default -> throw new IllegalArgumentException(finding.anomaly() + " is no wrong read");
        };
    return right ? Optional.empty() : Optional.of("there is no " + finding.anomaly());
  }

  private interface ReadTest {
    boolean passes(int transaction, int read);
  }

  private boolean anyRead(ReadTest test) {
    return transactions.stream()
        .anyMatch(transaction ->
            lists.steps(transaction).stream()
                .anyMatch(
                    step -> lists.isRead(transaction, step) && test.passes(transaction, step)));
  }

  private boolean readGarbage() {
    return anyRead((_, read) ->
        lists.list(read).stream().anyMatch(value -> !isAppended(history.key(read), value)));
  }

  private boolean isAppended(int key, int value) {
    for (int step = 0; step < history.stepCount(); step++) {
      if (lists.isAppend(step) && history.key(step) == key && history.value(step) == value) {
        return true;
      }
    }
    return false;
  }

  private boolean readTwice() {
    return anyRead((_, read) -> {
      List<Integer> list = lists.list(read);
      return new LinkedHashSet<>(list).size() < list.size();
    });
  }

  private boolean disagree() {
    return anyRead((_, read) ->
        lists.readsOf(history.key(read)).stream()
            .anyMatch(other -> {
              List<Integer> list = lists.list(read);
              int common = Math.min(list.size(), other.size());
              return !list.subList(0, common).equals(other.subList(0, common));
            }));
  }

  /// Whether anybody read what one of the transactions appended and aborted.
  private boolean readAborted() {
    for (int transaction : transactions) {
      for (int step : lists.steps(transaction)) {
        if (history.isAborted(transaction) && lists.isAppend(step) && isRead(step)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isRead(int append) {
    for (int reader = 0; reader < history.size(); reader++) {
      for (int step : lists.steps(reader)) {
        if (lists.isRead(reader, step) && history.key(step) == history.key(append)) {
          for (int place = history.listStart(step); place < history.listEnd(step); place++) {
            if (history.elements()[place] == history.value(append)) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  private boolean readIntermediate() {
    return anyRead((reader, read) -> {
      List<Integer> seen = lists.fromOthers(reader, read);
      return !seen.isEmpty()
          && transactions.stream()
              .filter(writer -> writer != reader)
              .anyMatch(writer -> isNotLast(writer, history.key(read), seen.getLast()));
    });
  }

  private boolean isNotLast(int writer, int key, int value) {
    List<Integer> values = appends(writer, key, Integer.MAX_VALUE);
    return values.contains(value) && values.getLast() != value;
  }

  private List<Integer> appends(int transaction, int key, int before) {
    List<Integer> values = new ArrayList<>();
    for (int step : lists.steps(transaction)) {
      if (step < before && lists.isAppend(step) && history.key(step) == key) {
        values.add(history.value(step));
      }
    }
    return values;
  }

  private boolean readOwnLater() {
    return anyRead((reader, read) -> {
      List<Integer> later = appends(reader, history.key(read), Integer.MAX_VALUE);
      later.removeAll(appends(reader, history.key(read), read));
      return lists.list(read).stream().anyMatch(later::contains);
    });
  }

  private boolean contradictsItself() {
    return anyRead((reader, read) -> {
      List<Integer> own = appends(reader, history.key(read), read);
      List<Integer> list = lists.list(read);
      boolean ownMissing =
          list.size() < own.size()
              || !list.subList(list.size() - own.size(), list.size()).equals(own);
      return ownMissing
          || lists.steps(reader).stream()
              .anyMatch(other ->
                  lists.isRead(reader, other)
                      && history.key(other) == history.key(read)
                      && !lists.fromOthers(reader, other).equals(lists.fromOthers(reader, read)));
    });
  }

  private boolean replacedTheSame() {
    int first = transactions.getFirst();
    int second = transactions.getLast();
    return first != second
        && anyRead((reader, read) ->
            reader == first
                && !appends(first, history.key(read), Integer.MAX_VALUE).isEmpty()
                && !appends(second, history.key(read), Integer.MAX_VALUE).isEmpty()
                && lists.steps(second).stream()
                    .anyMatch(other ->
                        lists.isRead(second, other)
                            && history.key(other) == history.key(read)
                            && lists
                                .fromOthers(second, other)
                                .equals(lists.fromOthers(first, read))));
  }
}
