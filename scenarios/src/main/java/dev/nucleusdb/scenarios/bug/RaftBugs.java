package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.RaftRules;
import dev.nucleusdb.raft.election.TransferRule;
import dev.nucleusdb.raft.election.VoteRule;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.LogRule;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.read.ReadRule;
import dev.nucleusdb.raft.replication.AppendRule;
import dev.nucleusdb.scenarios.bug.disk.CarelessDisk;
import dev.nucleusdb.scenarios.bug.disk.HastyDisk;
import dev.nucleusdb.scenarios.bug.network.BoastfulPreVote;
import dev.nucleusdb.scenarios.bug.network.CredulousNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Bugs in consensus.
final class RaftBugs {
  private RaftBugs() {}

  static List<Bug> all() {
    List<Bug> bugs = new ArrayList<>(aboutVotes());
    bugs.addAll(aboutEntries());
    bugs.addAll(aboutReads());
    bugs.addAll(aboutTransfers());
    bugs.addAll(aboutTheLog());
    return bugs;
  }

  private static List<Bug> aboutVotes() {
    return List.of(
        rules(
            "vote-forgotten",
            "a restarted node does not know whom it voted for",
            "jgroups-raft 4c6961f; sofa-jraft with syncMeta off",
            rules -> rules.withLog(new VoteForgotten())),
        rules(
            "votes-twice",
            "a node votes for everybody who asks",
            "DaosRaft, found by SandTable",
            rules -> rules.withVote((vote, candidate, mine, theirs) -> theirs.isAtLeast(mine))),
        votes(
            "votes-for-stale-log",
            "a node votes for candidates whose log is behind its own (§5.4.1 left out)",
            "ComDB before its one fix",
            (vote, candidate, mine, theirs) -> vote == null || vote.equals(candidate)),
        votes(
            "votes-by-length",
            "logs are compared by their length alone, not by the last term",
            "family of ZOOKEEPER-1419",
            (vote, candidate, mine, theirs) ->
                (vote == null || vote.equals(candidate)) && theirs.index() >= mine.index()),
        votes(
            "votes-by-term",
            "logs are compared by their last term alone, not by their length",
            "classic; §5.4.1 half read",
            (vote, candidate, mine, theirs) ->
                (vote == null || vote.equals(candidate)) && theirs.term() >= mine.term()),
        rules(
            "term-forgotten",
            "a restarted node goes on with the first term and vote that its log holds",
            "sofa-jraft 9f6f5dc2, the result of saving unchecked",
            rules -> rules.withLog(new TermForgotten())),
        rules(
            "heartbeat-beside-the-reign",
            "a leader takes a later term from a heartbeat, and goes on with what it was doing",
            "hashicorp/raft 695, heartbeats that are answered beside the main loop",
            rules -> rules.withVote(new HeartbeatBesideTheReign())),
        rules(
            "stands-again-in-its-term",
            "who has its own vote in a term stands in that again, restarted or not",
            "KAFKA-10527, a leader that resumes its epoch without what it had not flushed",
            rules -> rules.withVote(new StandsAgain())),
        rules(
            "vote-cleared-within-its-term",
            "who steps down within a term forgets whom it voted for in that",
            "CCF 8094, a pre-candidate that hears its leader again; eliben/raft 27",
            rules -> rules.withVote(new VoteCleared())));
  }

  private static List<Bug> aboutEntries() {
    return List.of(
        rules(
            "commits-older-term",
            "an entry of an older term is committed by counting (figure 8)",
            "PySyncObj 169; LogCabin 44",
            rules ->
                rules.withCommit((commitIndex, majorityIndex, term, log) ->
                    Math.max(commitIndex, majorityIndex))),
        rules(
            "gap-in-log",
            "entries are taken without looking at the term of the entry before them",
            "classic",
            rules -> rules.withAppend(new GapInLog())),
        rules(
            "cuts-matching-log",
            "a request cuts everything behind it, also if it is old and the log matches",
            "WRaft; raftos 26; OpenRaft 9540c904",
            rules -> rules.withAppend(new CutsMatchingLog())),
        rules(
            "commit-not-capped",
            "a follower commits as far as the leader says, also entries it has from somebody else",
            "derived from §5.3, receiver's rule 5",
            rules -> rules.withAppend(new CommitNotCapped())),
        rules(
            "commits-alone",
            "a leader commits what it has itself, before a majority has it",
            "NucleusDB 23; etcd 437bcb8",
            rules ->
                rules.withCommit((commitIndex, majorityIndex, term, log) ->
                    Math.max(commitIndex, log.lastIndex()))),
        rules(
            "conflict-kept",
            "an entry of another term at the same index is taken for the leader's",
            "Xraft and PySyncObj families; §5.3, receiver's rule 3 left out",
            rules -> rules.withAppend(new ConflictKept())));
  }

  private static List<Bug> aboutReads() {
    return List.of(
        rules(
            "reads-unconfirmed",
            "a leader serves reads without asking whether it still leads",
            "etcd 741",
            rules -> rules.withRead(new ReadsUnconfirmed())),
        rules(
            "reads-before-own-commit",
            "a new leader serves reads before it has committed an entry of its term",
            "etcd 7331",
            rules -> rules.withRead(new ReadsBeforeOwnCommit())),
        rules(
            "round-of-another-reign",
            "the refusal of a leader's old request confirms its round in a later term of its",
            "found here; of the kind of etcd-io/raft 63903dd",
            rules -> rules.withRead(new RoundOfAnotherReign())));
  }

  private static List<Bug> aboutTransfers() {
    return List.of(
        rules(
            "transferred-vote-skips-log-check",
            "a leader hands over to whoever is close, and voters take its word for the log",
            "redpanda 2606; MicroRaft 50; hashicorp/raft 581, here with voters that believe it",
            rules -> rules.withTransfer(new TransferredVoteSkipsLogCheck())));
  }

  private static List<Bug> aboutTheLog() {
    return List.of(
        rules(
            "torn-log-accepted",
            "recovery believes frames of the write-ahead log whose checksum is wrong",
            "bitcask 15007b6, here in the log",
            rules -> rules.withLog(new TornLogAccepted())),
        rules(
            "write-outlives-a-cut",
            "what was put in the place of entries counts as durable because those were",
            "etcd-io/raft, the ABA problem of asynchronous appends",
            rules -> rules.withLog(new WriteOutlivesCut())),
        new Bug(
            "acknowledges-before-sync",
            "the write-ahead log says durable when the bytes are only written",
            "Ratis RATIS-595; KAFKA-10533; NATS JetStream 2025",
            blueprint -> blueprint.withSeams(HastyDisk::underRaft)),
        new Bug(
            "sync-failure-ignored",
            "a sync that failed counts as one that succeeded",
            "PostgreSQL, fsyncgate 2018",
            blueprint -> blueprint.withSeams(CarelessDisk::thatIgnoresFailedSyncs)),
        new Bug(
            "names-not-synced",
            "new files get their bytes synced, and never their names",
            "sofa-jraft 480; ALICE, OSDI 2014",
            blueprint -> blueprint.withSeams(CarelessDisk::thatSyncsNoNames)),
        new Bug(
            "damaged-message-accepted",
            "the checksum of a message is not looked at",
            "etcd and ZooKeeper trust TCP's; Stone and Partridge, SIGCOMM 2000",
            blueprint -> blueprint.withSeams(CredulousNetwork::of)));
  }

  static Bug rules(
      String name, String description, String source, UnaryOperator<RaftRules> change) {
    return new Bug(
        name,
        description,
        source,
        blueprint -> blueprint.withRaftRules(change.apply(blueprint.raftRules())));
  }

  /// A bug in how votes compare logs, which also blinds the pre-vote that would hide it.
  private static Bug votes(String name, String description, String source, VoteRule rule) {
    return new Bug(
        name,
        description,
        source,
        blueprint ->
            blueprint
                .withSeams(BoastfulPreVote::on)
                .withRaftRules(blueprint.raftRules().withVote(rule)));
  }

  private static final class TransferredVoteSkipsLogCheck implements TransferRule {
    @Override
    public boolean mayTakeOver(long matchIndex, long lastIndex) {
      return true;
    }

    @Override
    public VoteRule.LogEnd endOfCandidate(
        boolean transfer, VoteRule.LogEnd claimed, VoteRule.LogEnd mine) {
      return transfer ? mine : claimed;
    }
  }

  private static final class VoteForgotten implements LogRule {
    @Override
    public HardState latest(HardState earlier, HardState later) {
      return new HardState(later.term(), null);
    }
  }

  private static final class TermForgotten implements LogRule {
    @Override
    public HardState latest(HardState earlier, HardState later) {
      return earlier.term() > 0 ? earlier : later;
    }
  }

  private static final class ConflictKept implements AppendRule {
    @Override
    public int firstNew(RaftLog log, long previousIndex, List<Entry> entries) {
      return (int) Math.clamp(log.lastIndex() - previousIndex, 0L, (long) entries.size());
    }
  }

  private static final class HeartbeatBesideTheReign implements VoteRule {
    @Override
    public boolean mayVote(@Nullable NodeId vote, NodeId candidate, LogEnd mine, LogEnd theirs) {
      return RAFT.mayVote(vote, candidate, mine, theirs);
    }

    @Override
    public boolean endsReign(RaftMessage message) {
      return !(message instanceof RaftMessage.AppendRequest request)
          || !request.entries().isEmpty();
    }
  }

  private static final class StandsAgain implements VoteRule {
    @Override
    public boolean mayVote(@Nullable NodeId vote, NodeId candidate, LogEnd mine, LogEnd theirs) {
      return RAFT.mayVote(vote, candidate, mine, theirs);
    }

    @Override
    public boolean needsNewTerm(boolean votedForItself) {
      return !votedForItself;
    }
  }

  private static final class VoteCleared implements VoteRule {
    @Override
    public boolean mayVote(@Nullable NodeId vote, NodeId candidate, LogEnd mine, LogEnd theirs) {
      return RAFT.mayVote(vote, candidate, mine, theirs);
    }

    @Override
    public @Nullable NodeId voteKept(@Nullable NodeId vote) {
      return null;
    }
  }

  private static final class WriteOutlivesCut implements LogRule {
    @Override
    public long durableAfterCut(long writtenIndex, long firstCutIndex) {
      return writtenIndex;
    }
  }

  private static final class TornLogAccepted implements LogRule {
    @Override
    public boolean isIntact(int stored, int computed) {
      return true;
    }
  }

  private static final class GapInLog implements AppendRule {
    @Override
    public boolean fits(RaftLog log, long previousIndex, long previousTerm) {
      return previousIndex <= log.lastIndex();
    }
  }

  private static final class CutsMatchingLog implements AppendRule {
    @Override
    public int firstNew(RaftLog log, long previousIndex, List<Entry> entries) {
      return (int) Math.clamp(log.baseIndex() - previousIndex, 0L, (long) entries.size());
    }
  }

  private static final class CommitNotCapped implements AppendRule {
    @Override
    public long commitIndex(long leaderCommitIndex, long lastMatchingIndex) {
      return leaderCommitIndex;
    }
  }

  private static final class ReadsUnconfirmed implements ReadRule {
    @Override
    public boolean isConfirmed(long readRound, long confirmedRound) {
      return true;
    }
  }

  private static final class RoundOfAnotherReign implements ReadRule {
    @Override
    public long answeredRound(long round, boolean isOfThisTerm) {
      return round;
    }
  }

  private static final class ReadsBeforeOwnCommit implements ReadRule {
    @Override
    public boolean mayBegin(boolean ownTermCommitted) {
      return true;
    }
  }
}
