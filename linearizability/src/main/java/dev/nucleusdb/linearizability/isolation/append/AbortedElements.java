package dev.nucleusdb.linearizability.isolation.append;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.FindingList;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.transaction.IntList;
import dev.nucleusdb.linearizability.isolation.transaction.StepsByKey;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.Words;
import java.util.Arrays;
import java.util.List;

/// The lists that were read without the elements that aborted transactions appended. Most histories
/// have none of these, and then nothing is copied.
final class AbortedElements {
  private final TransactionHistory history;
  private final StepsByKey byKey;
  private final FindingList findings;
  private final Patience patience;

  /// By step, where its list begins and ends in `elements`; empty as long as nothing was left out.
  private int[] starts = new int[0];

  private int[] ends = new int[0];

  /// The elements of the history, and from there on those of shortened lists.
  private int[] elements;

  private int size;

  AbortedElements(
      TransactionHistory history, StepsByKey byKey, FindingList findings, Patience patience) {
    this.patience = patience;
    this.history = history;
    this.byKey = byKey;
    this.findings = findings;
    this.elements = history.elements();
    this.size = elements.length;
  }

  int[] elements() {
    return elements;
  }

  int start(int readStep) {
    return starts.length == 0 ? history.listStart(readStep) : starts[readStep];
  }

  int end(int readStep) {
    return starts.length == 0 ? history.listEnd(readStep) : ends[readStep];
  }

  /// Leaves them out of the lists that were read of one key, and reports them.
  void leaveOut(int key, Appends appends) {
    if (starts.length == 0) {
      patience.take(2L * Integer.BYTES * history.stepCount());
      starts = new int[history.stepCount()];
      ends = new int[history.stepCount()];
      for (int step = 0; step < starts.length; step++) {
        starts[step] = history.listStart(step);
        ends[step] = history.listEnd(step);
      }
    }
    IntList kept = new IntList();
    for (int place = byKey.first()[key]; place < byKey.first()[key + 1]; place++) {
      int step = byKey.steps()[place];
      boolean evidence =
          history.kind(step).isListRead()
              && history.isKnown(step)
              && history.isCommitted(byKey.transactionOf()[step]);
      if (evidence) {
        keep(step, appends, kept);
      }
    }
    if (size + kept.size() > elements.length) {
      int capacity = Math.max(size + kept.size(), 2 * size);
      patience.take(Integer.BYTES * (long) capacity);
      boolean copied = elements.length > history.elements().length;
      patience.giveBack(copied ? Integer.BYTES * (long) elements.length : 0);
      elements = Arrays.copyOf(elements, capacity);
    }
    System.arraycopy(kept.toArray(), 0, elements, size, kept.size());
    size += kept.size();
  }

  private void keep(int step, Appends appends, IntList kept) {
    patience.spend(1 + end(step) - start(step));
    int before = kept.size();
    int abortedAppend = Appends.NONE;
    for (int place = start(step); place < end(step); place++) {
      int append = appends.stepOf(elements[place]);
      int writer = append == Appends.NONE ? -1 : byKey.transactionOf()[append];
      if (writer >= 0 && history.isAborted(writer)) {
        reportAborted(step, append, abortedAppend == Appends.NONE);
        abortedAppend = append;
      } else {
        kept.add(elements[place]);
        if (writer >= 0 && abortedAppend != Appends.NONE) {
          reportDirty(step, append, abortedAppend);
        }
      }
    }
    starts[step] = size + before;
    ends[step] = size + kept.size();
  }

  private void reportAborted(int step, int append, boolean first) {
    if (!first) {
      return;
    }
    int writer = byKey.transactionOf()[append];
    int reader = byKey.transactionOf()[step];
    findings.add(
        Anomaly.G1A,
        List.of(writer, reader),
        () ->
            Words.of(history, reader)
                + " read "
                + Words.list(history, step)
                + " of "
                + history.keyName(history.key(step))
                + ", with "
                + history.valueName(history.value(append))
                + ", which "
                + Words.of(history, writer)
                + " appended and aborted");
  }

  private void reportDirty(int step, int append, int abortedAppend) {
    int writer = byKey.transactionOf()[append];
    int abortedWriter = byKey.transactionOf()[abortedAppend];
    findings.add(
        Anomaly.DIRTY_UPDATE,
        List.of(abortedWriter, writer),
        () ->
            Words.of(history, writer)
                + " appended "
                + history.valueName(history.value(append))
                + " to "
                + history.keyName(history.key(step))
                + " on top of "
                + history.valueName(history.value(abortedAppend))
                + ", which "
                + Words.of(history, abortedWriter)
                + " appended and aborted");
  }
}
