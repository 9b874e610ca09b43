package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.RaftMember;
import dev.nucleusdb.raft.election.TransferRule;
import dev.nucleusdb.raft.election.VoteRule;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.replication.AppendRule;
import dev.nucleusdb.raft.replication.CommitRule;
import dev.nucleusdb.scenarios.bug.network.ForgedMessages;
import dev.nucleusdb.scenarios.bug.network.ForgedMessages.Forgery;
import dev.nucleusdb.scenarios.cluster.Blueprint;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bugs by which somebody waits for what never comes.
final class WaitingBugs {
  private static final int OPEN_BYTES_MAX = 1024;

  private WaitingBugs() {}

  static List<Bug> all() {
    return List.of(
        MessageBugs.forged(
            "earlier-term-met-with-silence",
            "who is in a later term than the leader does not tell it so",
            "raft-rs 83 and 84, pre-votes and the check for a majority together",
            EarlierTermMetWithSilence::new),
        new Bug(
            "restarted-node-never-stands",
            "a restarted node stands for election only once it has heard of a leader",
            "OpenRaft 228077a6",
            blueprint ->
                blueprint.withSeams(
                    context -> ForgedMessages.on(context, () -> new NeverStands(context)))),
        RaftBugs.rules(
            "lost-request-waited-for",
            "a leader waits for ever for the answer to a request that is lost",
            "etcd 49bac48 and e419ba5; hashicorp/raft 612; camunda 8324",
            rules -> rules.withAppend(new LostRequestWaitedFor())),
        RaftBugs.rules(
            "reigns-without-majority",
            "a leader goes on although it hears no majority any more",
            "Cloudflare, November 2020, partial connectivity; cockroach 104042",
            rules -> rules.withVote(new ReignsWithoutMajority())),
        new Bug(
            "open-bytes-never-paid-back",
            "what a leader has taken and committed counts on against what it may take",
            "etcd a370b6f; cockroach 31618",
            WaitingBugs::neverPaidBack),
        RaftBugs.rules(
            "transfer-never-given-up",
            "a leader asks another once to take over, and takes no commands until that has happened",
            "openraft 2088",
            rules -> rules.withTransfer(new TransferNeverGivenUp())));
  }

  /// With a limit that the clients of a world can reach.
  private static Blueprint neverPaidBack(Blueprint healthy) {
    return healthy
        .withRaftOptions(healthy.raftOptions().withCommandLimits(OPEN_BYTES_MAX, OPEN_BYTES_MAX))
        .withRaftRules(healthy.raftRules().withCommit(new NeverPaidBack()));
  }

  private static final class LostRequestWaitedFor implements AppendRule {
    @Override
    public long patienceNanos(long electionTimeoutNanos) {
      return Long.MAX_VALUE;
    }
  }

  private static final class ReignsWithoutMajority implements VoteRule {
    @Override
    public boolean mayVote(@Nullable NodeId vote, NodeId candidate, LogEnd mine, LogEnd theirs) {
      return RAFT.mayVote(vote, candidate, mine, theirs);
    }

    @Override
    public boolean goesOn(boolean hearsMajority) {
      return true;
    }
  }

  private static final class NeverPaidBack implements CommitRule {
    @Override
    public long advance(long commitIndex, long majorityIndex, long term, RaftLog log) {
      return RAFT.advance(commitIndex, majorityIndex, term, log);
    }

    @Override
    public long openBytes(long openBytes, long committedBytes) {
      return openBytes;
    }
  }

  private static final class TransferNeverGivenUp implements TransferRule {
    @Override
    public long patienceNanos(long electionTimeoutNanos) {
      return Duration.ofDays(1).toNanos();
    }

    @Override
    public long repeatNanos(long heartbeatNanos) {
      return Duration.ofDays(1).toNanos();
    }
  }

  private static final class EarlierTermMetWithSilence implements Forgery {
    private long term;

    @Override
    public RaftMessage sent(RaftMessage message) {
      if (!(message instanceof RaftMessage.PreVoteRequest)
          && !(message instanceof RaftMessage.PreVoteReply)) {
        term = Math.max(term, message.term());
      }
      return message;
    }

    @Override
    public @Nullable RaftMessage heard(RaftMessage message) {
      return message instanceof RaftMessage.AppendRequest && message.term() < term ? null : message;
    }
  }

  private static final class NeverStands implements Forgery {
    private boolean mayStand;

    NeverStands(NodeContext context) {
      this.mayStand = context.disk().list(RaftMember.DIRECTORY).isEmpty();
    }

    @Override
    public @Nullable RaftMessage sent(RaftMessage message) {
      return message instanceof RaftMessage.PreVoteRequest && !mayStand ? null : message;
    }

    @Override
    public RaftMessage heard(RaftMessage message) {
      mayStand |= message instanceof RaftMessage.AppendRequest;
      return message;
    }
  }
}
