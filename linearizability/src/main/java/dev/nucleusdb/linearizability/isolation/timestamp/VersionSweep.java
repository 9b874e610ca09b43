package dev.nucleusdb.linearizability.isolation.timestamp;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.FindingList;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.transaction.IntList;
import dev.nucleusdb.linearizability.isolation.transaction.ReturnOrder;
import dev.nucleusdb.linearizability.isolation.transaction.StepsByKey;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.Words;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Per key, its versions in the order of commit, and what each read should have shown of them.
final class VersionSweep {
  private static final int NOBODY = -1;

  private final TransactionHistory history;
  private final StepsByKey byKey;
  private final Timestamps timestamps;
  private final TimestampFindings findings;

  /// Of the key at hand: who wrote it, by commit.
  private int[] writers = new int[0];

  /// Of the key at hand: by version, how long the list is with it, or what the register holds.
  private int[] contents = new int[16];

  /// Of the key at hand: the list with all versions.
  private final IntList list = new IntList();

  private int[] elements = new int[0];
  private final IntList found = new IntList();
  private final IntList own = new IntList();

  VersionSweep(
      TransactionHistory history,
      StepsByKey byKey,
      Timestamps timestamps,
      TimestampFindings findings) {
    this.history = history;
    this.byKey = byKey;
    this.timestamps = timestamps;
    this.findings = findings;
  }

  void run() {
    for (int key = 0; key < history.keyCount(); key++) {
      findVersions(key);
      requireNoConflict(key);
      readers(key);
    }
  }

  private int writer(int place) {
    int step = byKey.steps()[place];
    int transaction = byKey.transactionOf()[step];
    return history.kind(step).isWrite() && timestamps.isMember(transaction) ? transaction : NOBODY;
  }

  private void findVersions(int key) {
    found.clear();
    for (int place = byKey.first()[key]; place < byKey.first()[key + 1]; place++) {
      int writer = writer(place);
      if (writer != NOBODY && (found.size() == 0 || found.get(found.size() - 1) != writer)) {
        found.add(writer);
      }
    }
    writers = found.toArray();
    ReturnOrder.sort(writers, timestamps.commits());
    if (contents.length < writers.length) {
      contents = new int[2 * writers.length];
    }
    list.clear();
    for (int version = 0; version < writers.length; version++) {
      int writer = writers[version];
      for (int step = history.firstStep(writer); step < history.endStep(writer); step++) {
        if (history.key(step) == key) {
          switch (history.kind(step)) {
            case APPEND -> {
              list.add(history.value(step));
              contents[version] = list.size();
            }
            case WRITE -> contents[version] = history.value(step);
            case READ, READ_LIST, SEE_LIST -> {}
          }
        }
      }
    }
    elements = list.toArray();
  }

  private void requireNoConflict(int key) {
    for (int version = 1; version < writers.length; version++) {
      int earlier = writers[version - 1];
      int later = writers[version];
      boolean same = timestamps.commit(earlier) == timestamps.commit(later);
      if (timestamps.start(later) < timestamps.commit(earlier) || same) {
        findings.add(
            Anomaly.WRITE_CONFLICT,
            same ? null : BaseLevel.SNAPSHOT,
            OrderKept.NONE,
            List.of(earlier, later),
            () ->
                Words.of(history, later)
                    + " wrote "
                    + history.keyName(key)
                    + " between "
                    + timestamps.start(later)
                    + " and "
                    + timestamps.commit(later)
                    + ", and "
                    + Words.of(history, earlier)
                    + " wrote it at "
                    + timestamps.commit(earlier));
      }
    }
  }

  /// How many versions were committed before a timestamp, or at it.
  private int versionsUntil(long timestamp, boolean inclusive) {
    int low = 0;
    int high = writers.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      long commit = timestamps.commit(writers[middle]);
      if (commit < timestamp || (inclusive && commit == timestamp)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void readers(int key) {
    int place = byKey.first()[key];
    int end = byKey.first()[key + 1];
    while (place < end) {
      int transaction = byKey.transactionOf()[byKey.steps()[place]];
      int next = place + 1;
      while (next < end && byKey.transactionOf()[byKey.steps()[next]] == transaction) {
        next++;
      }
      if (history.isCommitted(transaction)) {
        reader(transaction, place, next);
      }
      place = next;
    }
  }

  private void reader(int transaction, int from, int to) {
    own.clear();
    int atStart = NOBODY;
    int atCommit = NOBODY;
    for (int place = from; place < to; place++) {
      int step = byKey.steps()[place];
      if (history.kind(step).isWrite()) {
        own.add(history.value(step));
      } else if (history.isKnown(step)) {
        if (atStart == NOBODY) {
          atStart = versionsUntil(timestamps.start(transaction), true);
          if (atStart > 0 && writers[atStart - 1] == transaction) {
            atStart--;
          }
          boolean readOnly = history.commitTimestamp(transaction) == TransactionHistory.UNRECORDED;
          atCommit = readOnly ? atStart : versionsUntil(timestamps.commit(transaction), false);
        }
        if (!shows(step, atStart)) {
          report(transaction, step, atStart, BaseLevel.SNAPSHOT);
        }
        if (!shows(step, atCommit)) {
          report(transaction, step, atCommit, BaseLevel.SERIALIZABLE);
        }
      }
    }
  }

  /// Whether a read shows the first versions and then what its own transaction wrote.
  private boolean shows(int step, int versions) {
    if (!history.kind(step).isListRead()) {
      int expected =
          own.size() > 0
              ? own.get(own.size() - 1)
              : versions > 0 ? contents[versions - 1] : TransactionHistory.ABSENT;
      return history.value(step) == expected;
    }
    int length = versions > 0 ? contents[versions - 1] : 0;
    int start = history.listStart(step);
    int size = history.listEnd(step) - start;
    if (size != length + own.size()
        || Arrays.mismatch(history.elements(), start, start + length, elements, 0, length) >= 0) {
      return false;
    }
    for (int place = 0; place < own.size(); place++) {
      if (history.elements()[start + length + place] != own.get(place)) {
        return false;
      }
    }
    return true;
  }

  private void report(int transaction, int step, int versions, BaseLevel base) {
    @Nullable Integer newest = versions > 0 ? writers[versions - 1] : null;
    List<Integer> shown = newest == null ? List.of(transaction) : List.of(newest, transaction);
    boolean snapshot = base == BaseLevel.SNAPSHOT;
    FindingList.Reason reason =
        () ->
            Words.of(history, transaction)
                + (snapshot ? " with the snapshot of " : " with its commit at ")
                + (snapshot ? timestamps.start(transaction) : timestamps.commit(transaction))
                + " read "
                + history.keyName(history.key(step))
                + " as "
                + Words.seen(history, step)
                + (newest == null
                    ? ", though nobody had written it"
                    : ", though the newest version was that of "
                        + Words.of(history, newest)
                        + " at "
                        + timestamps.commit(newest));
    findings.add(Anomaly.STALE_SNAPSHOT, base, OrderKept.NONE, shown, reason);
  }
}
