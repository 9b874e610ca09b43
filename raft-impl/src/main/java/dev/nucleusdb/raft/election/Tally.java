package dev.nucleusdb.raft.election;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Ballots.Ballot;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.QuorumRule;
import dev.nucleusdb.raft.membership.VoteResult;
import java.util.ArrayList;
import java.util.List;

/// The count of one election. A voter counts once, however often its reply arrives, and once in
/// each half of a joint configuration that it belongs to.
public final class Tally {
  private final QuorumRule rule;
  private final Configuration configuration;
  private final List<NodeId> granted = new ArrayList<>(0);

  /// An election in which nobody has voted yet.
  public Tally(QuorumRule rule, Configuration configuration) {
    this.rule = rule;
    this.configuration = configuration;
  }

  /// Counts a vote; votes of those who have none do not count.
  public void grant(NodeId voter) {
    if (rule.electorate(configuration).contains(voter) && !granted.contains(voter)) {
      granted.add(voter);
    }
  }

  /// Whether a quorum has granted.
  public boolean isWon() {
    return rule.vote(configuration, id -> granted.contains(id) ? Ballot.GRANTED : Ballot.MISSING)
        == VoteResult.WON;
  }

  /// Who has not granted, in the order of their ids.
  public List<NodeId> missing() {
    return configuration.voters().stream().filter(voter -> !granted.contains(voter)).toList();
  }
}
