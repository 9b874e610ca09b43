package dev.nucleusdb.linearizability.isolation.append;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.FindingList;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.StepsByKey;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Per key the longest list that a committed transaction read, and who appended its elements.
/// Elements of aborted transactions are left out of all lists.
///
/// ```
///   reads of x       [1]   [1 4]   [1 4 2]       [1 4 2] is the order of versions
///   appends to x     1  2  4  7                  7 was seen by nobody: it comes after 2
/// ```
final class ListOrders {
  private static final int SEEN_AT_FIRST = 1024;

  private final TransactionHistory history;
  private final StepsByKey byKey;
  private final FindingList findings;
  private final Patience patience;
  private final Appends appends;
  private final boolean[] member;

  /// By key, the step that read the longest list, or -1.
  private final int[] longestRead;

  /// By key, where the versions that were seen begin in `appendOf`.
  private final int[] firstSeen;

  /// By version that was seen, the step that appended it, or -1 if nobody did.
  private int[] appendOf = new int[SEEN_AT_FIRST];

  /// By step, whether a read showed what it appended.
  private final boolean[] isSeen;

  private final AbortedElements aborted;
  private Optional<String> defect = Optional.empty();

  ListOrders(
      TransactionHistory history, StepsByKey byKey, FindingList findings, Patience patience) {
    this.history = history;
    this.byKey = byKey;
    this.findings = findings;
    this.patience = patience;
    this.appends = new Appends(patience);
    patience.begin("keys had their versions in order", history.keyCount());
    patience.take(2L * Integer.BYTES * history.keyCount() + history.size() + history.stepCount());
    this.member = new boolean[history.size()];
    this.longestRead = new int[history.keyCount()];
    this.firstSeen = new int[history.keyCount() + 1];
    this.isSeen = new boolean[history.stepCount()];
    this.aborted = new AbortedElements(history, byKey, findings, patience);
    for (int transaction = 0; transaction < member.length; transaction++) {
      member[transaction] = history.isCommitted(transaction);
    }
    for (int key = 0; key < history.keyCount(); key++) {
      boolean anyAborted = index(key);
      longestRead[key] = longestRead(key);
      if (anyAborted && !isPlain(key)) {
        aborted.leaveOut(key, appends);
        longestRead[key] = longestRead(key);
      }
      resolve(key);
      requirePrefixes(key);
      patience.advance();
    }
  }

  /// By transaction, whether it happened: it committed, or somebody saw what it appended.
  boolean[] member() {
    return member;
  }

  /// What makes the history unfit to be judged, if anything does.
  Optional<String> defect() {
    return defect;
  }

  int longestReadOf(int key) {
    return longestRead[key];
  }

  /// How many versions of a key were seen.
  int seenCount(int key) {
    return firstSeen[key + 1] - firstSeen[key];
  }

  /// The step that appended the version of a key at a place, or -1 if nobody did.
  int appendOf(int key, int place) {
    return appendOf[firstSeen[key] + place];
  }

  boolean isSeen(int appendStep) {
    return isSeen[appendStep];
  }

  /// Whether a step is evidence: a read that a committed transaction recorded.
  boolean isEvidence(int step) {
    return history.kind(step).isListRead()
        && history.isKnown(step)
        && history.isCommitted(byKey.transactionOf()[step]);
  }

  private int longestRead(int key) {
    int longest = -1;
    for (int place = byKey.first()[key]; place < byKey.first()[key + 1]; place++) {
      int step = byKey.steps()[place];
      if (isEvidence(step) && (longest < 0 || length(step) > length(longest))) {
        longest = step;
      }
    }
    return longest;
  }

  /// How long a list is that was read, elements of aborted transactions aside.
  int length(int readStep) {
    return aborted.end(readStep) - aborted.start(readStep);
  }

  /// The element at a place of a list that was read, elements of aborted transactions aside.
  int element(int readStep, int place) {
    return aborted.elements()[aborted.start(readStep) + place];
  }

  /// Takes note of what was appended to a key, and gives whether any of it was aborted.
  private boolean index(int key) {
    int from = byKey.first()[key];
    int to = byKey.first()[key + 1];
    boolean anyAborted = false;
    patience.spend(to - from);
    appends.begin(to - from);
    for (int place = from; place < to; place++) {
      int step = byKey.steps()[place];
      if (history.kind(step) == StepKind.APPEND) {
        int earlier = appends.add(history.value(step), step);
        if (earlier != Appends.NONE && defect.isEmpty()) {
          defect = Optional.of(appendedTwice(earlier, step));
        }
        anyAborted |= history.isAborted(byKey.transactionOf()[step]);
      }
    }
    return anyAborted;
  }

  /// Whether no list that was read of a key has an element of an aborted transaction. If each list
  /// is how the longest one begins, it is enough to look at that one.
  private boolean isPlain(int key) {
    int longest = longestRead[key];
    for (int place = byKey.first()[key]; place < byKey.first()[key + 1]; place++) {
      int step = byKey.steps()[place];
      if (isEvidence(step) && !isPrefix(step, longest)) {
        return false;
      }
    }
    for (int place = 0; longest >= 0 && place < length(longest); place++) {
      int append = appends.stepOf(element(longest, place));
      if (append != Appends.NONE && history.isAborted(byKey.transactionOf()[append])) {
        return false;
      }
    }
    return true;
  }

  private boolean isPrefix(int step, int longest) {
    patience.spend(1 + length(step));
    int[] elements = aborted.elements();
    int start = aborted.start(longest);
    return Arrays.mismatch(
            elements, aborted.start(step), aborted.end(step), elements, start, start + length(step))
        < 0;
  }

  /// Finds who appended each element of the longest read.
  private void resolve(int key) {
    int read = longestRead[key];
    int length = read < 0 ? 0 : length(read);
    firstSeen[key + 1] = firstSeen[key] + length;
    if (firstSeen[key + 1] > appendOf.length) {
      int capacity = Math.max(2 * appendOf.length, firstSeen[key + 1]);
      patience.take(Integer.BYTES * (long) capacity);
      patience.giveBack(
          appendOf.length > SEEN_AT_FIRST ? Integer.BYTES * (long) appendOf.length : 0);
      appendOf = Arrays.copyOf(appendOf, capacity);
    }
    for (int place = 0; place < length; place++) {
      int step = appends.stepOf(element(read, place));
      appendOf[firstSeen[key] + place] = step;
      if (step != Appends.NONE) {
        if (isSeen[step]) {
          reportDuplicate(key, read, step);
        }
        isSeen[step] = true;
        member[byKey.transactionOf()[step]] = true;
      } else {
        reportGarbage(key, read, place);
      }
    }
  }

  private String appendedTwice(int earlier, int later) {
    return String.format(
        Locale.ROOT,
        "%s is appended to %s by %s and by %s: elements must be unique, or the order of versions"
            + " cannot be told",
        history.valueName(history.value(later)),
        history.keyName(history.key(later)),
        place(byKey.transactionOf()[earlier]),
        place(byKey.transactionOf()[later]));
  }

  private String place(int transaction) {
    int line = history.line(transaction);
    return "T" + (transaction + 1) + (line > 0 ? " (line " + line + ")" : "");
  }

  private void reportDuplicate(int key, int read, int append) {
    findings.add(
        Anomaly.DUPLICATE_ELEMENTS,
        List.of(byKey.transactionOf()[read]),
        () ->
            Words.of(history, byKey.transactionOf()[read])
                + " read "
                + Words.list(history, read)
                + " of "
                + history.keyName(key)
                + ", with "
                + history.valueName(history.value(append))
                + " twice, though it was appended once");
  }

  private void reportGarbage(int key, int read, int place) {
    findings.add(
        Anomaly.GARBAGE_READ,
        List.of(byKey.transactionOf()[read]),
        () ->
            Words.of(history, byKey.transactionOf()[read])
                + " read "
                + history.valueName(element(read, place))
                + " in "
                + history.keyName(key)
                + ", which nobody appended");
  }

  /// Each list must be how the longest one begins, elements of aborted transactions aside: what was
  /// rolled back may have stood there for a while.
  private void requirePrefixes(int key) {
    int longest = longestRead[key];
    if (longest < 0) {
      return;
    }
    for (int place = byKey.first()[key]; place < byKey.first()[key + 1]; place++) {
      int step = byKey.steps()[place];
      if (isEvidence(step) && !isPrefix(step, longest)) {
        findings.add(
            Anomaly.INCOMPATIBLE_ORDER,
            List.of(byKey.transactionOf()[step], byKey.transactionOf()[longest]),
            () ->
                Words.of(history, byKey.transactionOf()[step])
                    + " read "
                    + Words.list(history, step)
                    + " of "
                    + history.keyName(key)
                    + ", and "
                    + Words.of(history, byKey.transactionOf()[longest])
                    + " read "
                    + Words.list(history, longest));
      }
    }
  }
}
