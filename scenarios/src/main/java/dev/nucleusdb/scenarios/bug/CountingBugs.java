package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Ballots;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.QuorumRule;
import dev.nucleusdb.raft.membership.VoteResult;
import java.util.List;
import java.util.function.ToLongFunction;

/// Bugs in how many are counted, and which.
final class CountingBugs {
  private CountingBugs() {}

  static List<Bug> all() {
    return List.of(
        RaftBugs.rules(
            "commits-one-short",
            "an entry is committed when one less than a majority has it",
            "OpenRaft d60f1e85, a quorum of one less; OpenRaft 1802",
            rules -> rules.withQuorum(new CommitsOneShort())),
        RaftBugs.rules(
            "elected-one-short",
            "a candidate leads as soon as it lacks one vote of a majority",
            "jgroups-raft 24, a restarted member counted twice",
            rules -> rules.withQuorum(new ElectedOneShort())),
        RaftBugs.rules(
            "joint-counts-only-old-majority",
            "while two configurations decide together, only the old one is counted",
            "OpenRaft 6c0ccaf3, one of the pair",
            rules -> rules.withQuorum(new JointCountsOnlyOldMajority())));
  }

  private static final class CommitsOneShort implements QuorumRule {
    @Override
    public long reached(Configuration configuration, ToLongFunction<NodeId> values) {
      int enough = Math.max(1, configuration.incoming().quorum() - 1);
      return configuration.isJoint()
          ? configuration.reached(values)
          : configuration.voters().stream()
              .map(values::applyAsLong)
              .sorted((one, other) -> Long.compare(other, one))
              .skip(enough - 1L)
              .findFirst()
              .orElseThrow();
    }
  }

  private static final class ElectedOneShort implements QuorumRule {
    @Override
    public VoteResult vote(Configuration configuration, Ballots ballots) {
      long granted =
          configuration.voters().stream()
              .filter(id -> ballots.of(id) == Ballots.Ballot.GRANTED)
              .count();
      return !configuration.isJoint() && granted >= configuration.incoming().quorum() - 1
          ? VoteResult.WON
          : configuration.vote(ballots);
    }
  }

  private static final class JointCountsOnlyOldMajority implements QuorumRule {
    @Override
    public VoteResult vote(Configuration configuration, Ballots ballots) {
      return configuration.isJoint()
          ? configuration.outgoing().vote(ballots)
          : configuration.vote(ballots);
    }

    @Override
    public long reached(Configuration configuration, ToLongFunction<NodeId> values) {
      return configuration.isJoint()
          ? configuration.outgoing().reached(values)
          : configuration.reached(values);
    }
  }
}
