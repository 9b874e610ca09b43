package dev.nucleusdb.raft.read;

/// When a leader may serve a read.
public interface ReadRule {

  /// The rule of the thesis (§6.4): the leader has committed an entry of its own term, and a
  /// majority has confirmed its leadership in a round that began after the read arrived.
  ReadRule RAFT = new ReadRule() {};

  /// Whether the leader's commit index is known to cover everything that was acknowledged before
  /// its term.
  default boolean mayBegin(boolean ownTermCommitted) {
    return ownTermCommitted;
  }

  /// Whether a follower must ask its leader how far its state machine has to be (thesis §6.4.1).
  default boolean mustAskLeader() {
    return true;
  }

  /// Which round an answer confirms. Rounds rise within a term and begin anew in the next, so the
  /// refusal of an old request names none: it carries the later term, and its receiver may lead
  /// that too, and would take the old round for one of its own.
  ///
  /// @param round of the request
  /// @param isOfThisTerm whether the request is of the term that the answer will carry
  default long answeredRound(long round, boolean isOfThisTerm) {
    return isOfThisTerm ? round : 0;
  }

  /// Whether a read that waits for `readRound` is confirmed.
  ///
  /// @param readRound the first round that began after the read arrived
  /// @param confirmedRound the largest round that a majority has answered in this term
  default boolean isConfirmed(long readRound, long confirmedRound) {
    return confirmedRound >= readRound;
  }

  /// From which moment on a state may miss something, if a leader has said how far it must be.
  ///
  /// @param sinceNanos a moment before the leader knew it
  /// @param arrivedNanos when it was heard
  default long freshSince(long sinceNanos, long arrivedNanos) {
    return sinceNanos;
  }
}
