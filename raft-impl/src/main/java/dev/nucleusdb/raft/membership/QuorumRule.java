package dev.nucleusdb.raft.membership;

import dev.nucleusdb.core.node.NodeId;
import java.util.List;
import java.util.function.ToLongFunction;

/// Who counts, and how many are enough.
public interface QuorumRule {

  /// The rules of the thesis: voters alone, and in a joint configuration a majority of each half
  /// (§4.3, §4.2.1).
  QuorumRule RAFT = new QuorumRule() {};

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
