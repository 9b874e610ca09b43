package dev.nucleusdb.linearizability.isolation.append;

import dev.nucleusdb.linearizability.isolation.cycle.EdgeCollector;
import dev.nucleusdb.linearizability.isolation.cycle.VersionOrders;
import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.level.FindingList;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.transaction.IntList;
import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.StepsByKey;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.Words;
import java.util.Arrays;
import java.util.List;

/// Draws the edges that one key after the other is the reason of, and finds what is wrong with
/// single reads.
///
/// Aborted transactions are no nodes: it is as if what was appended after one of their elements had
/// followed on the version before.
final class ListEdges {
  private static final int NOBODY = -1;

  private final TransactionHistory history;
  private final StepsByKey byKey;
  private final ListOrders orders;
  private final FindingList findings;
  private final Patience patience;
  private final EdgeCollector edges;

  private final int[] firstVersion;
  private final IntList writers = new IntList();
  private final int[] observedEnd;
  private final int[] base;

  /// Of the key at hand: by place in the longest read, how many versions are below that somebody
  /// appended.
  private int[] versionsBelow = new int[16];

  /// Of the key at hand: by length of the list, who read it and appended.
  private int[] replacerOf = new int[16];

  ListEdges(
      TransactionHistory history,
      StepsByKey byKey,
      ListOrders orders,
      FindingList findings,
      Patience patience) {
    this.patience = patience;
    this.edges = new EdgeCollector(patience);
    patience.begin("keys had their dependencies drawn", history.keyCount());
    patience.take(2L * Integer.BYTES * (history.keyCount() + history.stepCount()));
    this.history = history;
    this.byKey = byKey;
    this.orders = orders;
    this.findings = findings;
    this.firstVersion = new int[history.keyCount() + 1];
    this.observedEnd = new int[history.keyCount()];
    this.base = new int[history.stepCount()];
    Arrays.fill(base, VersionOrders.NO_READ);
    for (int key = 0; key < history.keyCount(); key++) {
      firstVersion[key] = writers.size();
      seenVersions(key);
      unseenVersions(key);
      writeEdges(key);
      new TransactionsOfKey(key).all();
      patience.advance();
    }
    firstVersion[history.keyCount()] = writers.size();
  }

  EdgeCollector edges() {
    return edges;
  }

  VersionOrders versions() {
    return new VersionOrders(firstVersion, writers.toArray(), observedEnd, base);
  }

  private int writerOf(int key, int place) {
    int append = orders.appendOf(key, place);
    return append == Appends.NONE ? NOBODY : byKey.transactionOf()[append];
  }

  private void seenVersions(int key) {
    int count = orders.seenCount(key);
    if (versionsBelow.length <= count) {
      versionsBelow = new int[2 * count];
      replacerOf = new int[2 * count];
    }
    for (int place = 0; place < count; place++) {
      versionsBelow[place] = writers.size() - firstVersion[key];
      int writer = writerOf(key, place);
      if (writer != NOBODY) {
        writers.add(writer);
      }
    }
    versionsBelow[count] = writers.size() - firstVersion[key];
    observedEnd[key] = writers.size();
  }

  private void unseenVersions(int key) {
    for (int place = byKey.first()[key]; place < byKey.first()[key + 1]; place++) {
      int step = byKey.steps()[place];
      int writer = byKey.transactionOf()[step];
      if (history.kind(step) == StepKind.APPEND
          && !orders.isSeen(step)
          && orders.member()[writer]
          && !isLastUnseen(key, writer)) {
        writers.add(writer);
      }
    }
  }

  private boolean isLastUnseen(int key, int writer) {
    return writers.size() > observedEnd[key] && writers.get(writers.size() - 1) == writer;
  }

  private void writeEdges(int key) {
    for (int version = firstVersion[key] + 1; version < observedEnd[key]; version++) {
      edges.add(writers.get(version - 1), writers.get(version), EdgeKind.WW);
    }
    if (observedEnd[key] > firstVersion[key]) {
      int last = writers.get(observedEnd[key] - 1);
      for (int version = observedEnd[key]; version < writers.size(); version++) {
        edges.add(last, writers.get(version), EdgeKind.WW);
      }
    }
  }

  /// The transactions of one key, each with its steps on it in their order.
  private final class TransactionsOfKey {
    private final int key;

    /// What the transaction at hand appended to the key so far, as steps.
    private final IntList own = new IntList();

    /// How long the list was when the transaction at hand read it first, its own appends aside, or
    /// -1 if it has not.
    private int lengthBefore;

    TransactionsOfKey(int key) {
      this.key = key;
    }

    void all() {
      Arrays.fill(replacerOf, 0, orders.seenCount(key) + 1, NOBODY);
      int place = byKey.first()[key];
      int end = byKey.first()[key + 1];
      while (place < end) {
        int transaction = byKey.transactionOf()[byKey.steps()[place]];
        int next = place + 1;
        while (next < end && byKey.transactionOf()[byKey.steps()[next]] == transaction) {
          next++;
        }
        if (history.isCommitted(transaction)) {
          one(transaction, place, next);
        }
        place = next;
      }
    }

    private void one(int transaction, int from, int to) {
      patience.spend(to - from);
      own.clear();
      lengthBefore = NOBODY;
      for (int place = from; place < to; place++) {
        int step = byKey.steps()[place];
        if (history.kind(step) == StepKind.APPEND) {
          own.add(step);
        } else if (orders.isEvidence(step)) {
          read(transaction, step, place + 1, to);
        }
      }
      if (lengthBefore != NOBODY && own.size() > 0) {
        replaced(transaction);
      }
    }

    private void read(int transaction, int step, int rest, int to) {
      int before = orders.length(step) - own.size();
      if (readsFuture(step, rest, to)) {
        findings.add(
            Anomaly.FUTURE_READ,
            List.of(transaction),
            () -> inWords(transaction, step) + ", which it appended to only later");
      }
      boolean predicate = history.kind(step) == StepKind.SEE_LIST;
      if (before < 0 || !endsInOwn(step, before)) {
        findings.add(
            Anomaly.INTERNAL,
            List.of(transaction),
            () -> inWords(transaction, step) + ", without what it had appended itself");
        external(transaction, step, orders.length(step), predicate);
        return;
      }
      if (lengthBefore != NOBODY && lengthBefore != before && !predicate) {
        findings.add(
            Anomaly.INTERNAL,
            List.of(transaction),
            () -> inWords(transaction, step) + ", which is not what it had read before");
      }
      if (predicate || lengthBefore != before) {
        external(transaction, step, before, predicate);
      }
      if (!predicate && lengthBefore == NOBODY) {
        lengthBefore = before;
      }
    }

    /// Whether a list contains what the same transaction appends further on.
    private boolean readsFuture(int step, int rest, int to) {
      for (int place = rest; place < to; place++) {
        int later = byKey.steps()[place];
        if (history.kind(later) == StepKind.APPEND && contains(step, history.value(later))) {
          return true;
        }
      }
      return false;
    }

    private boolean contains(int step, int value) {
      patience.spend(orders.length(step));
      for (int place = 0; place < orders.length(step); place++) {
        if (orders.element(step, place) == value) {
          return true;
        }
      }
      return false;
    }

    private boolean endsInOwn(int step, int before) {
      for (int place = 0; place < own.size(); place++) {
        if (orders.element(step, before + place) != history.value(own.get(place))) {
          return false;
        }
      }
      return true;
    }

    /// A read of the first elements of the list, as other transactions left it.
    private void external(int transaction, int step, int length, boolean predicate) {
      int below = versionsBelow[length];
      int first = firstVersion[key];
      base[step] = first + below;
      if (below > 0) {
        edges.add(writers.get(first + below - 1), transaction, EdgeKind.WR);
      }
      EdgeKind anti = predicate ? EdgeKind.PREDICATE_RW : EdgeKind.RW;
      if (first + below < observedEnd[key]) {
        edges.add(transaction, writers.get(first + below), anti);
      } else {
        patience.spend(writers.size() - first - below);
        for (int version = first + below; version < writers.size(); version++) {
          edges.add(transaction, writers.get(version), anti);
        }
      }
      if (length > 0) {
        requireFinal(transaction, step, length);
      }
    }

    private void requireFinal(int transaction, int step, int length) {
      int last = orders.appendOf(key, length - 1);
      int writer = writerOf(key, length - 1);
      if (last != Appends.NONE && writer != transaction && !isFinal(last, writer)) {
        findings.add(
            Anomaly.G1B,
            List.of(writer, transaction),
            () ->
                inWords(transaction, step)
                    + ", in the middle of what "
                    + Words.of(history, writer)
                    + " appended");
      }
    }

    /// Whether a step is the last one by which its transaction appended to the key.
    private boolean isFinal(int append, int writer) {
      for (int step = append + 1; step < history.endStep(writer); step++) {
        if (history.kind(step) == StepKind.APPEND && history.key(step) == key) {
          return false;
        }
      }
      return true;
    }

    private String inWords(int transaction, int step) {
      return Words.of(history, transaction)
          + " read "
          + Words.list(history, step)
          + " of "
          + history.keyName(key);
    }

    /// Takes note that the transaction read a version and appended to it.
    private void replaced(int transaction) {
      int other = replacerOf[lengthBefore];
      if (other != NOBODY) {
        int length = lengthBefore;
        findings.add(
            Anomaly.LOST_UPDATE,
            List.of(other, transaction),
            () ->
                Words.of(history, other)
                    + " and "
                    + Words.of(history, transaction)
                    + " both appended to "
                    + history.keyName(key)
                    + " after they had read its first "
                    + length
                    + " elements");
      }
      replacerOf[lengthBefore] = transaction;
      if (firstVersion[key] + versionsBelow[lengthBefore] == observedEnd[key]) {
        for (int version = observedEnd[key]; version < writers.size(); version++) {
          edges.add(transaction, writers.get(version), EdgeKind.CONFLICT);
        }
      }
    }
  }
}
