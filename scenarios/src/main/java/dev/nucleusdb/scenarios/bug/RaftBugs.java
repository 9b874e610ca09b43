package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.raft.RaftRules;
import dev.nucleusdb.raft.election.VoteRule;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.LogRule;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.read.ReadRule;
import dev.nucleusdb.raft.replication.AppendRule;
import java.util.List;
import java.util.function.UnaryOperator;

/// Bugs in consensus.
final class RaftBugs {
  private RaftBugs() {}

  static List<Bug> all() {
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
            "torn-log-accepted",
            "recovery believes frames of the write-ahead log whose checksum is wrong",
            "bitcask 15007b6, here in the log",
            rules -> rules.withLog(new TornLogAccepted())),
        new Bug(
            "acknowledges-before-sync",
            "the write-ahead log says durable when the bytes are only written",
            "Ratis RATIS-595; KAFKA-10533; NATS JetStream 2025",
            blueprint -> blueprint.withSeams(HastyDisk::underRaft)));
  }

  private static Bug rules(
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

  private static final class VoteForgotten implements LogRule {
    @Override
    public HardState latest(HardState earlier, HardState later) {
      return new HardState(later.term(), null);
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

  private static final class ReadsBeforeOwnCommit implements ReadRule {
    @Override
    public boolean mayBegin(boolean ownTermCommitted) {
      return true;
    }
  }
}
