package dev.nucleusdb.raft.membership;

import dev.nucleusdb.core.node.NodeId;

/// What each member has voted.
@FunctionalInterface
public interface Ballots {
  /// What one member may have said.
  enum Ballot {
    /// Nothing so far.
    MISSING,
    /// Yes.
    GRANTED,
    /// No.
    REFUSED
  }

  /// The vote of a member.
  Ballot of(NodeId member);
}
