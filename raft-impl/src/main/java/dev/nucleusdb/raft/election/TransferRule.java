package dev.nucleusdb.raft.election;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.election.VoteRule.LogEnd;
import dev.nucleusdb.raft.membership.Configuration;

/// How leadership may be handed over (thesis §3.10).
public interface TransferRule {

  /// The rules of the thesis.
  TransferRule RAFT = new TransferRule() {};

  /// Whether leadership may be handed to a member at all: to voters.
  default boolean mayLead(Configuration configuration, NodeId id) {
    return configuration.isVoter(id);
  }

  /// Whether the target may be asked to take over: once it has everything that the leader has, so
  /// that it can win, and nothing that was committed is missing from it.
  ///
  /// @param matchIndex how far the target's log is known to match, durably
  /// @param lastIndex the end of the leader's log
  default boolean mayTakeOver(long matchIndex, long lastIndex) {
    return matchIndex == lastIndex;
  }

  /// After how long a transfer is given up: nothing can be proposed meanwhile.
  ///
  /// @param electionTimeoutNanos the longest
  default long patienceNanos(long electionTimeoutNanos) {
    return electionTimeoutNanos;
  }

  /// After how long the target is asked again: the message may be lost.
  default long repeatNanos(long heartbeatNanos) {
    return heartbeatNanos;
  }

  /// The end of a candidate's log by which it is judged: what it claims, whoever wished for the
  /// election. Its leader's wish may be old, and the log may have grown since.
  ///
  /// @param transfer whether the candidate was asked to take over
  /// @param claimed the end that it names
  /// @param mine the end of the voter's log
  default LogEnd endOfCandidate(boolean transfer, LogEnd claimed, LogEnd mine) {
    return claimed;
  }
}
