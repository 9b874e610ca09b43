package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.election.TransferRule;
import dev.nucleusdb.raft.log.LogRule;
import dev.nucleusdb.raft.membership.Ballots;
import dev.nucleusdb.raft.membership.ChangeRule;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.Majority;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.QuorumRule;
import dev.nucleusdb.raft.membership.VoteResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Bugs in changes of membership.
final class MembershipBugs {
  private MembershipBugs() {}

  static List<Bug> all() {
    List<Bug> bugs = new ArrayList<>(aboutSteps());
    bugs.addAll(aboutQuorums());
    bugs.addAll(aboutLogs());
    return bugs;
  }

  private static List<Bug> aboutSteps() {
    return List.of(
        change(
            "change-before-own-term-commit",
            "a new leader changes the membership before it has committed an entry of its term",
            "Raft thesis, §4.1, before Ongaro's correction of 10 July 2015",
            new ChangeBeforeOwnTermCommit()),
        change(
            "second-change-while-first-runs",
            "a leader takes the next step of a change before the last one is committed",
            "hashicorp/raft before 1.0; classic",
            new SecondChangeWhileFirstRuns()),
        change(
            "promotes-without-catching-up",
            "new nodes vote at once, whether or not they have the log",
            "etcd before learners (3.4)",
            new PromotesWithoutCatchingUp()),
        change(
            "removed-leader-keeps-leading",
            "a leader that has committed its own removal leads on",
            "thesis §4.2.2 left out",
            new RemovedLeaderKeepsLeading()),
        change(
            "removed-voter-waits",
            "who is removed by an entry that may not be committed does not campaign",
            "Raft thesis, §4.2.2, last paragraph left out",
            new RemovedVoterWaits()),
        change(
            "joint-left-to-who-began-it",
            "a leader does not end a joint configuration that an earlier one began",
            "etcd 477ebd8, e515a67 and fb74dd0, a joint configuration that nobody leaves",
            new JointLeftToWhoBegan()),
        change(
            "membership-binds-once-committed",
            "a membership is in force once it is committed, not as soon as it is in the log",
            "etcd 7280, 7625 and 11284, memberships in force once they are applied",
            new BindsOnceCommitted()),
        RaftBugs.rules(
            "transfer-to-learner",
            "leadership is handed to a member without a vote, and it takes it",
            "etcd 10730, had the learner obeyed",
            rules -> rules.withTransfer(new TransferToLearner())));
  }

  private static List<Bug> aboutQuorums() {
    return List.of(
        quorum(
            "joint-counts-only-new-majority",
            "while two configurations decide together, only the new one is counted",
            "classic; thesis §4.3 half read",
            new JointCountsOnlyNewMajority()),
        quorum(
            "joint-counts-union",
            "while two configurations decide together, a majority of all their members is enough",
            "classic; thesis §4.3 half read",
            new JointCountsUnion()),
        quorum(
            "empty-disk-votes",
            "a voter that has lost its disk counts under its old name",
            "etcd's documentation: an id is used once; KIP-853 (KAFKA-15671)",
            new EmptyDiskVotes()),
        quorum(
            "learner-votes",
            "learners are asked for votes, and theirs count",
            "thesis §4.2.1 left out",
            new LearnerVotes()),
        quorum(
            "learner-counts-for-commit",
            "what a learner has counts as if a voter had it",
            "thesis §4.2.1 left out",
            new LearnerCountsForCommit()));
  }

  private static List<Bug> aboutLogs() {
    return List.of(
        RaftBugs.rules(
            "configuration-not-undone-by-truncation",
            "a node goes on by a configuration whose entry was cut out of its log",
            "thesis §4.1, last paragraph, left out",
            rules -> rules.withLog(new ConfigurationNotUndone())),
        RaftBugs.rules(
            "configuration-forgotten-at-restart",
            "a restarted node knows only configurations that its log still holds an entry of",
            "a snapshot without its configuration; thesis §5.1",
            rules -> rules.withLog(new ConfigurationForgotten())));
  }

  private static Bug change(String name, String description, String source, ChangeRule rule) {
    return RaftBugs.rules(name, description, source, rules -> rules.withChange(rule));
  }

  private static Bug quorum(String name, String description, String source, QuorumRule rule) {
    return RaftBugs.rules(name, description, source, rules -> rules.withQuorum(rule));
  }

  private static final class ChangeBeforeOwnTermCommit implements ChangeRule {
    @Override
    public boolean mayAppend(boolean ownTermCommitted, boolean lastCommitted) {
      return lastCommitted;
    }
  }

  private static final class SecondChangeWhileFirstRuns implements ChangeRule {
    @Override
    public boolean mayAppend(boolean ownTermCommitted, boolean lastCommitted) {
      return ownTermCommitted;
    }
  }

  private static final class PromotesWithoutCatchingUp implements ChangeRule {
    @Override
    public boolean mayPromote(boolean caughtUp) {
      return true;
    }
  }

  private static final class RemovedLeaderKeepsLeading implements ChangeRule {
    @Override
    public boolean mustStepDown(boolean removed) {
      return false;
    }
  }

  private static final class TransferToLearner implements TransferRule {
    @Override
    public boolean mayLead(Configuration configuration, NodeId id) {
      return configuration.isMember(id);
    }
  }

  private static final class RemovedVoterWaits implements ChangeRule {
    @Override
    public boolean mayCampaign(boolean isVoter, boolean wasVoter) {
      return isVoter;
    }
  }

  private static final class JointLeftToWhoBegan implements ChangeRule {
    @Override
    public boolean mayLeaveJoint(boolean begunHere) {
      return begunHere;
    }
  }

  private static final class BindsOnceCommitted implements ChangeRule {
    @Override
    public boolean bindsUncommitted() {
      return false;
    }
  }

  private static final class EmptyDiskVotes implements QuorumRule {
    @Override
    public boolean isSameStore(long bound, long storeId) {
      return true;
    }
  }

  private static final class JointCountsOnlyNewMajority implements QuorumRule {
    @Override
    public VoteResult vote(Configuration configuration, Ballots ballots) {
      return configuration.incoming().vote(ballots);
    }

    @Override
    public long reached(Configuration configuration, ToLongFunction<NodeId> values) {
      return configuration.incoming().reached(values);
    }
  }

  private static final class JointCountsUnion implements QuorumRule {
    @Override
    public VoteResult vote(Configuration configuration, Ballots ballots) {
      return new Majority(configuration.voters()).vote(ballots);
    }

    @Override
    public long reached(Configuration configuration, ToLongFunction<NodeId> values) {
      return new Majority(configuration.voters()).reached(values);
    }
  }

  /// As many as are a majority of the voters, learners among them.
  private static final class LearnerVotes implements QuorumRule {
    @Override
    public List<NodeId> electorate(Configuration configuration) {
      return configuration.members();
    }

    @Override
    public VoteResult vote(Configuration configuration, Ballots ballots) {
      long granted =
          configuration.members().stream()
              .filter(id -> ballots.of(id) == Ballots.Ballot.GRANTED)
              .count();
      boolean joint = configuration.isJoint();
      return !joint && granted >= configuration.incoming().quorum()
          ? VoteResult.WON
          : configuration.vote(ballots);
    }
  }

  private static final class LearnerCountsForCommit implements QuorumRule {
    @Override
    public long reached(Configuration configuration, ToLongFunction<NodeId> values) {
      if (configuration.isJoint()) {
        return configuration.reached(values);
      }
      long[] sorted = configuration.members().stream().mapToLong(values).sorted().toArray();
      return Arrays.stream(sorted)
          .skip(sorted.length - (long) configuration.incoming().quorum())
          .findFirst()
          .orElseThrow();
    }
  }

  private static final class ConfigurationNotUndone implements LogRule {
    @Override
    public boolean undoesMembership() {
      return false;
    }
  }

  private static final class ConfigurationForgotten implements LogRule {
    @Override
    public @Nullable Membership baseMembership(@Nullable Membership recorded) {
      return null;
    }
  }
}
