package dev.nucleusdb.linearizability.isolation.timestamp;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.FindingList;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.transaction.ReturnOrder;
import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.Words;
import java.util.Arrays;
import java.util.List;

/// One pass over timestamps, with the newest version of each key. At a timestamp, whoever commits
/// there reads first, then the versions of all who commit there come into force, and then whoever
/// starts there reads.
///
/// ```
///   start 5 ─► reads what was committed at or before 5   (EXT, INT of snapshot isolation)
///   commit 9 ► reads what was committed before 9         (of serializability)
///           ─► puts its versions in force; the one before of a key must not be newer than its start
/// ```
final class VersionSweep {
  private static final int NOBODY = -1;

  /// What the versions of a key take, elements aside.
  private static final long BYTES_OF_KEY = 64;

  private final TransactionHistory history;
  private final Timestamps timestamps;
  private final TimestampFindings findings;
  private final Patience patience;
  private final TiedCommits tied;

  /// By key, what is in force.
  private final KeyVersions[] versions;

  /// By key, which look at a transaction last wrote it.
  private final int[] writtenInLook;

  private int look;

  VersionSweep(
      TransactionHistory history,
      Timestamps timestamps,
      TimestampFindings findings,
      Patience patience) {
    this.patience = patience;
    patience.take(2L * Integer.BYTES * history.keyCount());
    this.history = history;
    this.timestamps = timestamps;
    this.findings = findings;
    this.tied = new TiedCommits(history, timestamps, findings);
    this.versions = new KeyVersions[history.keyCount()];
    this.writtenInLook = new int[history.keyCount()];
  }

  /// The newest version of a key, and the one before it: a transaction that commits at its own
  /// start reads the one before.
  private static final class KeyVersions {
    int writer = NOBODY;
    int writerBefore = NOBODY;

    /// When the newest version was committed.
    long commit;

    /// Of a register, what it holds.
    int value = TransactionHistory.ABSENT;

    int valueBefore = TransactionHistory.ABSENT;

    /// Of a list, all of it, and how much was there before the newest version.
    int[] elements = {};

    int length;
    int lengthBefore;

    void begin(int newWriter, long at) {
      commit = at;
      writerBefore = writer;
      valueBefore = value;
      lengthBefore = length;
      writer = newWriter;
    }

    void append(int element, Patience patience) {
      if (length == elements.length) {
        patience.take(Integer.BYTES * (length + 4L));
        elements = Arrays.copyOf(elements, 2 * length + 4);
      }
      elements[length++] = element;
    }

    int writerFor(int reader) {
      return writer == reader ? writerBefore : writer;
    }

    int valueFor(int reader) {
      return writer == reader ? valueBefore : value;
    }

    int lengthFor(int reader) {
      return writer == reader ? lengthBefore : length;
    }
  }

  /// @return those that committed at the same timestamp
  TiedCommits run() {
    int[] byStart = sorted(timestamps.starts());
    int[] byCommit = sorted(timestamps.commits());
    int started = 0;
    patience.begin("commits were compared with what was read", byCommit.length);
    for (int from = 0; from < byCommit.length; ) {
      long commit = timestamps.commit(byCommit[from]);
      while (started < byStart.length && timestamps.start(byStart[started]) < commit) {
        readAtStart(byStart[started++]);
      }
      int to = from;
      while (to < byCommit.length && timestamps.commit(byCommit[to]) == commit) {
        readAtCommit(byCommit[to++]);
      }
      if (to - from > 1) {
        tied.compare(byCommit, from, to);
      }
      for (int place = from; place < to; place++) {
        patience.advance();
        putInForce(byCommit[place]);
      }
      from = to;
    }
    while (started < byStart.length) {
      readAtStart(byStart[started++]);
    }
    return tied;
  }

  private int[] sorted(long[] by) {
    int[] members = new int[history.size()];
    int count = 0;
    for (int transaction = 0; transaction < members.length; transaction++) {
      if (timestamps.isMember(transaction)) {
        members[count++] = transaction;
      }
    }
    int[] sorted = Arrays.copyOf(members, count);
    ReturnOrder.sort(sorted, by);
    return sorted;
  }

  private KeyVersions versionsOf(int key) {
    KeyVersions known = versions[key];
    if (known == null) {
      patience.take(BYTES_OF_KEY);
      known = new KeyVersions();
      versions[key] = known;
    }
    return known;
  }

  private void putInForce(int transaction) {
    long start = timestamps.start(transaction);
    long commit = timestamps.commit(transaction);
    for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
      if (history.kind(step).isWrite()) {
        KeyVersions of = versionsOf(history.key(step));
        if (of.writer != transaction) {
          if (of.writer != NOBODY && (start < of.commit || commit == of.commit)) {
            reportConflict(history.key(step), of.writer, transaction);
          }
          of.begin(transaction, commit);
        }
        if (history.kind(step) == StepKind.APPEND) {
          of.append(history.value(step), patience);
        } else {
          of.value = history.value(step);
        }
      }
    }
  }

  private void reportConflict(int key, int earlier, int later) {
    boolean same = timestamps.commit(earlier) == timestamps.commit(later);
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

  /// One that has a single timestamp reads at that alone.
  private void readAtStart(int transaction) {
    read(transaction, BaseLevel.SNAPSHOT, !timestamps.hasCommit(transaction));
  }

  private void readAtCommit(int transaction) {
    if (timestamps.hasCommit(transaction)) {
      read(transaction, BaseLevel.SERIALIZABLE, false);
    }
  }

  private void read(int transaction, BaseLevel base, boolean alsoSerializable) {
    patience.spend(history.endStep(transaction) - history.firstStep(transaction));
    if (!history.isCommitted(transaction)) {
      return;
    }
    look++;
    for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
      if (history.kind(step).isWrite()) {
        writtenInLook[history.key(step)] = look;
      } else if (history.isKnown(step) && !shows(transaction, step)) {
        report(transaction, step, base);
        if (alsoSerializable) {
          report(transaction, step, BaseLevel.SERIALIZABLE);
        }
      }
    }
  }

  /// Whether a read shows what is in force and then what its own transaction wrote before.
  private boolean shows(int transaction, int step) {
    int key = history.key(step);
    KeyVersions of = versionsOf(key);
    boolean own = writtenInLook[key] == look;
    if (!history.kind(step).isListRead()) {
      int expected = own ? lastOwn(transaction, step) : of.valueFor(transaction);
      return history.value(step) == expected;
    }
    int length = of.lengthFor(transaction);
    patience.spend(length);
    int start = history.listStart(step);
    int size = history.listEnd(step) - start;
    if (size < length
        || Arrays.mismatch(history.elements(), start, start + length, of.elements, 0, length)
            >= 0) {
      return false;
    }
    return own ? showsOwn(transaction, step, start + length) : size == length;
  }

  private int lastOwn(int transaction, int step) {
    int write = step - 1;
    while (history.key(write) != history.key(step) || !history.kind(write).isWrite()) {
      write--;
    }
    if (write < history.firstStep(transaction)) {
      throw new IllegalStateException("no write before step " + step);
    }
    return history.value(write);
  }

  /// Whether the rest of a list is what the transaction appended before it read.
  private boolean showsOwn(int transaction, int step, int rest) {
    int place = rest;
    for (int write = history.firstStep(transaction); write < step; write++) {
      if (history.key(write) == history.key(step) && history.kind(write).isWrite()) {
        if (place == history.listEnd(step) || history.elements()[place] != history.value(write)) {
          return false;
        }
        place++;
      }
    }
    return place == history.listEnd(step);
  }

  private void report(int transaction, int step, BaseLevel base) {
    int newest = versionsOf(history.key(step)).writerFor(transaction);
    List<Integer> shown = newest == NOBODY ? List.of(transaction) : List.of(newest, transaction);
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
                + (newest == NOBODY
                    ? ", though nobody had written it"
                    : ", though the newest version was that of "
                        + Words.of(history, newest)
                        + " at "
                        + timestamps.commit(newest));
    findings.add(Anomaly.STALE_SNAPSHOT, base, OrderKept.NONE, shown, reason);
  }
}
