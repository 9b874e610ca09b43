package dev.nucleusdb.linearizability.isolation.verify;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Compares again the timestamps of the few transactions that are said to contradict a level, by
/// its definition.
final class TimestampVerifier {
  private final TransactionHistory history;
  private final IsolationLevel level;
  private final int earlier;
  private final int later;

  private TimestampVerifier(TransactionHistory history, Finding finding, IsolationLevel level) {
    this.history = history;
    this.level = level;
    this.earlier = finding.transactions().getFirst();
    this.later = finding.transactions().getLast();
  }

  /// What is wrong with a finding, or empty if it is right.
  ///
  /// @throws IllegalArgumentException if it is not about timestamps
  static Optional<String> objection(
      TransactionHistory history, Finding finding, IsolationLevel level) {
    TimestampVerifier verifier = new TimestampVerifier(history, finding, level);
    boolean right =
        switch (finding.anomaly()) {
          case STALE_SNAPSHOT -> verifier.readsSomethingElse();
          case WRITE_CONFLICT -> verifier.overlap();
          case SESSION_ORDER -> verifier.isLateInSession();
          case REAL_TIME_ORDER -> verifier.isLateInTime();
          default -> throw new IllegalArgumentException(finding.anomaly() + " has no timestamps");
        };
    return right
        ? Optional.empty()
        : Optional.of("timestamps show no " + finding.anomaly() + " against " + level);
  }

  private boolean isSerial() {
    return level.base() == BaseLevel.SERIALIZABLE;
  }

  private long start(int transaction) {
    long start = history.startTimestamp(transaction);
    return start == TransactionHistory.UNRECORDED ? history.commitTimestamp(transaction) : start;
  }

  private long commit(int transaction) {
    long commit = history.commitTimestamp(transaction);
    return commit == TransactionHistory.UNRECORDED ? history.startTimestamp(transaction) : commit;
  }

  private boolean happened(int transaction) {
    boolean told = history.commitTimestamp(transaction) != TransactionHistory.UNRECORDED;
    return history.isCommitted(transaction)
        || (history.outcome(transaction) == Outcome.UNKNOWN && told);
  }

  private List<Integer> steps(int transaction) {
    List<Integer> steps = new ArrayList<>();
    for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
      steps.add(step);
    }
    return steps;
  }

  /// Whether some read of the transaction shows another value than its snapshot has.
  private boolean readsSomethingElse() {
    return history.isCommitted(later)
        && steps(later).stream()
            .anyMatch(step ->
                !history.kind(step).isWrite()
                    && history.isKnown(step)
                    && !shown(step).equals(expected(step)));
  }

  private List<Integer> shown(int step) {
    List<Integer> shown = new ArrayList<>();
    if (history.kind(step).isListRead()) {
      for (int place = history.listStart(step); place < history.listEnd(step); place++) {
        shown.add(history.elements()[place]);
      }
    } else if (history.value(step) != TransactionHistory.ABSENT) {
      shown.add(history.value(step));
    }
    return shown;
  }

  /// All that was written to a step's key before, in order of commit and then what its own
  /// transaction wrote; of a register the last of it.
  private List<Integer> expected(int read) {
    List<Integer> before = new ArrayList<>();
    for (int transaction = 0; transaction < history.size(); transaction++) {
      if (transaction != later && happened(transaction) && isVisible(transaction)) {
        before.add(transaction);
      }
    }
    before.sort(Comparator.comparingLong(this::commit));
    before.add(later);
    List<Integer> written = new ArrayList<>();
    for (int transaction : before) {
      for (int step : steps(transaction)) {
        boolean counts = history.kind(step).isWrite() && history.key(step) == history.key(read);
        if (counts && (transaction != later || step < read)) {
          if (history.kind(step) == StepKind.WRITE) {
            written.clear();
          }
          written.add(history.value(step));
        }
      }
    }
    return written;
  }

  /// Whether another transaction's writes are in the snapshot; one without a timestamp of its
  /// commit reads at its start alone.
  private boolean isVisible(int transaction) {
    boolean atCommit =
        isSerial() && history.commitTimestamp(later) != TransactionHistory.UNRECORDED;
    return atCommit ? commit(transaction) < commit(later) : commit(transaction) <= start(later);
  }

  private boolean overlap() {
    boolean same = commit(earlier) == commit(later);
    if (same && dependAtOnce()) {
      return true;
    }
    boolean within =
        start(later) < commit(earlier)
            && commit(earlier) <= commit(later)
            && level.base() == BaseLevel.SNAPSHOT;
    return earlier != later
        && happened(earlier)
        && happened(later)
        && (same || within)
        && steps(earlier).stream()
            .anyMatch(one ->
                history.kind(one).isWrite()
                    && steps(later).stream()
                        .anyMatch(other ->
                            history.kind(other).isWrite()
                                && history.key(one) == history.key(other)));
  }

  /// Whether both wrote, and the later one read what the earlier one wrote, at one timestamp that
  /// both read alike.
  private boolean dependAtOnce() {
    return earlier != later
        && happened(earlier)
        && happened(later)
        && (isSerial() ? isTold(earlier) == isTold(later) : isAtOnce(earlier) && isAtOnce(later))
        && writes(later)
        && readsKeyOf(later, earlier);
  }

  private boolean isAtOnce(int transaction) {
    return start(transaction) == commit(transaction);
  }

  private boolean isTold(int transaction) {
    return history.commitTimestamp(transaction) != TransactionHistory.UNRECORDED;
  }

  private boolean writes(int transaction) {
    return steps(transaction).stream().anyMatch(step -> history.kind(step).isWrite());
  }

  private boolean reads(int transaction) {
    return steps(transaction).stream()
        .anyMatch(step -> !history.kind(step).isWrite() && history.isKnown(step));
  }

  private boolean readsKeyOf(int reader, int writer) {
    return steps(reader).stream()
        .filter(step -> !history.kind(step).isWrite() && history.isKnown(step))
        .anyMatch(read ->
            steps(writer).stream()
                .anyMatch(step ->
                    history.kind(step).isWrite() && history.key(step) == history.key(read)));
  }

  private boolean isLateInSession() {
    return level.order() != OrderKept.NONE
        && earlier < later
        && history.session(earlier) == history.session(later)
        && isBeforeCommit();
  }

  private boolean isLateInTime() {
    return level.order() == OrderKept.REAL_TIME
        && history.returnTime(earlier) < history.invokeTime(later)
        && isBeforeCommit();
  }

  private boolean isBeforeCommit() {
    long own = isSerial() ? commit(later) : start(later);
    return history.isCommitted(earlier)
        && happened(later)
        && (own < commit(earlier) || (isSerial() ? isTurnedRound() : isForeseen()));
  }

  /// Whether the earlier one's snapshot has what the later one wrote.
  private boolean isForeseen() {
    return reads(earlier) && writes(later) && commit(later) <= start(earlier);
  }

  /// Whether two that committed at one timestamp did so in the other order: the later one read what
  /// somebody wrote there without seeing it, so that it comes before all who did; or the earlier
  /// one saw all that was written there.
  private boolean isTurnedRound() {
    if (commit(earlier) != commit(later)) {
      return false;
    }
    if (isTold(earlier)) {
      return writes(earlier) && !writes(later) && isBlindTo(true);
    }
    return (reads(earlier) && writes(later))
        || (writes(earlier) && isTold(later) && reads(later))
        || (!writes(later) && isBlindTo(true))
        || isBlindTo(false);
  }

  /// Whether the later one read, and did not see, what somebody wrote at its commit.
  ///
  /// @param told whether he has a timestamp of his commit, or one alone
  private boolean isBlindTo(boolean told) {
    return isTold(later)
        && IntStream.range(0, history.size())
            .anyMatch(other ->
                other != later
                    && happened(other)
                    && isTold(other) == told
                    && commit(other) == commit(later)
                    && readsKeyOf(later, other));
  }
}
