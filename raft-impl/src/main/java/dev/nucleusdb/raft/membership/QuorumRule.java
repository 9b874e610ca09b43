package dev.nucleusdb.raft.membership;

import dev.nucleusdb.core.node.NodeId;
import java.util.List;
import java.util.function.ToLongFunction;

/// Who counts, and how many are enough.
public interface QuorumRule {

  /// The rules of the thesis: voters alone, and in a joint configuration a majority of each half
  /// (§4.3, §4.2.1).
  QuorumRule RAFT = new QuorumRule() {};

  /// Whether a voter is the one that was made a voter, and not an empty disk under its name. A
  /// store that took the place of a damaged one is never that of a voter that is not bound yet.
  ///
  /// @param bound the store that it is bound to, or [Stores#UNKNOWN] if it is not bound yet
  /// @param storeId the store from which it speaks
  default boolean isSameStore(long bound, long storeId) {
    return bound == storeId || (bound == Stores.UNKNOWN && !Stores.isReplacement(storeId));
  }

  /// Who is asked for a vote.
  default List<NodeId> electorate(Configuration configuration) {
    return configuration.voters();
  }

  /// How an election stands.
  default VoteResult vote(Configuration configuration, Ballots ballots) {
    return configuration.vote(ballots);
  }

  /// The largest value that a quorum has reached, such as the index that it has durably.
  default long reached(Configuration configuration, ToLongFunction<NodeId> values) {
    return configuration.reached(values);
  }
}
