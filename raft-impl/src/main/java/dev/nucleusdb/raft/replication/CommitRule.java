package dev.nucleusdb.raft.replication;

import dev.nucleusdb.raft.log.RaftLog;

/// How far a leader may consider its log committed.
@FunctionalInterface
public interface CommitRule {

  /// The rule of the paper: what a majority has is committed if it is of the leader's own term;
  /// entries of older terms are committed by what follows them, never by counting (§5.4.2, figure
  /// 8).
  CommitRule RAFT =
      (commitIndex, majorityIndex, term, log) ->
          majorityIndex > commitIndex && log.termAt(majorityIndex) == term
              ? majorityIndex
              : commitIndex;

  /// @param commitIndex what is known to be committed
  /// @param majorityIndex the largest index that a majority has durably
  /// @param term the leader's term
  /// @param log the leader's log
  /// @return the new commit index, not below the old one
  long advance(long commitIndex, long majorityIndex, long term, RaftLog log);

  /// How many bytes of commands wait to be committed, once some are: a leader refuses commands when
  /// they become too many. Those of earlier leaders were never counted.
  ///
  /// @param openBytes how many waited
  /// @param committedBytes of those that are committed now
  default long openBytes(long openBytes, long committedBytes) {
    return Math.max(0, openBytes - committedBytes);
  }
}
