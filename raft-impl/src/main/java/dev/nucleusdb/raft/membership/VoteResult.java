package dev.nucleusdb.raft.membership;

/// How an election stands.
public enum VoteResult {
  /// A quorum has not voted yet, and may still be had.
  PENDING,
  /// A quorum has refused, or can no longer be had.
  LOST,
  /// A quorum has granted.
  WON
}
