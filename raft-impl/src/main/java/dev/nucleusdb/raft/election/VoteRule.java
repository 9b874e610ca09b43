package dev.nucleusdb.raft.election;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.message.RaftMessage;
import org.jspecify.annotations.Nullable;

/// Whether to vote for a candidate of the voter's own term, and what ends a term or a reign.
@FunctionalInterface
public interface VoteRule {

  /// The rule of the paper: one vote per term, and only for a log that is not behind (§5.2,
  /// §5.4.1).
  VoteRule RAFT =
      (vote, candidate, mine, theirs) ->
          (vote == null || vote.equals(candidate)) && theirs.isAtLeast(mine);

  /// @param vote whom the voter voted for in this term, if anyone
  /// @param candidate who asks
  /// @param mine the end of the voter's log
  /// @param theirs the end of the candidate's log
  boolean mayVote(@Nullable NodeId vote, NodeId candidate, LogEnd mine, LogEnd theirs);

  /// Whether a message of a later term ends the reign of a leader, before anything else happens to
  /// it (§5.1).
  default boolean endsReign(RaftMessage message) {
    return true;
  }

  /// Whether who stands for election begins a term, also if it has its own vote in the present one:
  /// it may have led in that, and have lost entries since that were not durable here.
  ///
  /// @param votedForItself whether it has
  default boolean needsNewTerm(boolean votedForItself) {
    return true;
  }

  /// The vote of who steps down within its term: the one that it gave, because the term goes on and
  /// another candidate of it may still ask.
  default @Nullable NodeId voteKept(@Nullable NodeId vote) {
    return vote;
  }

  /// Whether a leader goes on: not without a majority, because who still hears it elects nobody
  /// else (thesis §6.2).
  ///
  /// @param hearsMajority whether a majority was heard within the longest election timeout
  default boolean goesOn(boolean hearsMajority) {
    return hearsMajority;
  }

  /// The end of a log.
  ///
  /// @param index its last index
  /// @param term the term of that entry
  record LogEnd(long index, long term) {
    /// Whether this log is not behind the other: later term, or same term and not shorter (§5.4.1).
    public boolean isAtLeast(LogEnd other) {
      return term != other.term ? term > other.term : index >= other.index;
    }
  }
}
