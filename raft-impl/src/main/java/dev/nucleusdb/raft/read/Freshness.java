package dev.nucleusdb.raft.read;

import org.jspecify.annotations.Nullable;

/// How old the state machine of a member may be: it holds everything that was acknowledged before a
/// moment of the member's own clock. No clock is compared with another's.
///
/// ```
///   follower ──mark──► leader ──round (mark, commit index)──► follower     the mark is older than
///                         ◄──────────answers of a majority────             the round, and so than
///                      leader ──next round (confirmed)──────► follower     whatever it missed
/// ```
///
/// A round that a majority has answered proves that nobody had succeeded the leader when it began
/// the round: what was acknowledged until then is covered by the commit index that the round names,
/// provided that the leader had committed an entry of its own term.
public final class Freshness {
  /// Says nothing: numbers of marks begin anywhere but here.
  public static final long NO_MARK = 0;

  /// Rounds under way are one or two; marks come back after as long as an answer takes.
  private static final int KEPT = 8;

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final ReadRule rule;

  /// Marks are counted from a random place, so that those of an earlier life mean nothing.
  private final long firstMark;

  private long markCount;

  /// Marks up to here are forgotten.
  private long forgottenCount;

  private long term;
  private int roundCount;

  /// Null while there was no mark and no round since [#rest].
  private @Nullable Recent recent;

  private long confirmedRound;

  /// What is proven: the state at this index holds all that was acknowledged before this moment.
  private long sinceNanos = UNKNOWN;

  /// The same, newer, but the state machine is not that far.
  private long nextSinceNanos = UNKNOWN;

  private long nextIndex;

  /// The last marks and rounds, as rings.
  private static final class Recent {
    final long[] markNanos = new long[KEPT];
    final long[] rounds = new long[KEPT];
    final long[] roundSinceNanos = new long[KEPT];
    final long[] roundIndex = new long[KEPT];
  }

  /// @param firstMark random
  public Freshness(ReadRule rule, long firstMark) {
    this.rule = rule;
    this.firstMark = firstMark;
  }

  /// A mark for this moment, to be sent to the leader.
  public long mark(long nowNanos) {
    recent().markNanos[(int) (markCount % KEPT)] = nowNanos;
    markCount++;
    long mark = firstMark + markCount;
    return mark == NO_MARK ? mark(nowNanos) : mark;
  }

  /// The moment of a mark; [Long#MIN_VALUE] if it is none of the last ones.
  public long momentOf(long mark) {
    long number = mark - firstMark;
    boolean known =
        mark != NO_MARK
            && number > Math.max(forgottenCount, markCount - KEPT)
            && number <= markCount;
    return known ? recent().markNanos[(int) ((number - 1) % KEPT)] : UNKNOWN;
  }

  /// Nothing is heard for long: what is proven stays, and the marks and rounds from before are
  /// forgotten. They would prove nothing that is worth having by then.
  public void rest() {
    recent = null;
    forgottenCount = markCount;
    roundCount = 0;
  }

  private Recent recent() {
    Recent kept = recent == null ? new Recent() : recent;
    recent = kept;
    return kept;
  }

  /// A round of the leader, at the leader itself or at a follower.
  ///
  /// @param ofTerm the leader's term, never falling
  /// @param sinceNanos a moment before the round began; [Long#MIN_VALUE] if none is known
  /// @param commitIndex the leader's, when the round began
  public void round(long ofTerm, long round, long sinceNanos, long commitIndex) {
    if (ofTerm != term) {
      term = ofTerm;
      roundCount = 0;
      confirmedRound = 0;
    }
    if (sinceNanos != UNKNOWN) {
      int slot = roundCount % KEPT;
      Recent kept = recent();
      kept.rounds[slot] = round;
      kept.roundSinceNanos[slot] = sinceNanos;
      kept.roundIndex[slot] = commitIndex;
      roundCount = roundCount == 2 * KEPT - 1 ? KEPT : roundCount + 1;
    }
  }

  /// A majority has answered a round of the term that was spoken of last.
  ///
  /// @param round which; 0 if none
  /// @param appliedIndex how far the state machine is
  public void confirmed(long round, long appliedIndex, long nowNanos) {
    if (round <= confirmedRound) {
      return;
    }
    confirmedRound = round;
    long best = UNKNOWN;
    long index = 0;
    for (int slot = 0; slot < Math.min(roundCount, KEPT); slot++) {
      Recent kept = recent();
      if (kept.rounds[slot] <= round && kept.roundSinceNanos[slot] > best) {
        best = kept.roundSinceNanos[slot];
        index = kept.roundIndex[slot];
      }
    }
    if (best != UNKNOWN) {
      proven(rule.freshSince(best, nowNanos), index, appliedIndex);
    }
  }

  /// What the state machine has not reached yet is not given up for what is still farther: it would
  /// never arrive.
  private void proven(long since, long index, long appliedIndex) {
    advance(appliedIndex);
    if (nextSinceNanos == UNKNOWN && since > sinceNanos) {
      nextSinceNanos = since;
      nextIndex = index;
      advance(appliedIndex);
    }
  }

  private void advance(long appliedIndex) {
    if (nextSinceNanos != UNKNOWN && nextIndex <= appliedIndex) {
      sinceNanos = nextSinceNanos;
      nextSinceNanos = UNKNOWN;
    }
  }

  /// The moment of this member's clock up to which everything that was acknowledged is in its state
  /// machine; [Long#MIN_VALUE] if there is none that it knows.
  public long sinceNanos(long appliedIndex) {
    advance(appliedIndex);
    return sinceNanos;
  }
}
