package dev.nucleusdb.raft;

import dev.nucleusdb.raft.election.TransferRule;
import dev.nucleusdb.raft.election.VoteRule;
import dev.nucleusdb.raft.group.GroupRule;
import dev.nucleusdb.raft.hibernation.SleepRule;
import dev.nucleusdb.raft.log.LogRule;
import dev.nucleusdb.raft.membership.ChangeRule;
import dev.nucleusdb.raft.membership.QuorumRule;
import dev.nucleusdb.raft.read.LeaseRule;
import dev.nucleusdb.raft.read.ReadRule;
import dev.nucleusdb.raft.replication.AppendRule;
import dev.nucleusdb.raft.replication.CommitRule;
import dev.nucleusdb.raft.snapshot.SnapshotRule;

/// The decisions that Raft's safety hangs on, each under its own name. The bug catalogue replaces
/// them one by one to see the checkers catch it; nobody else should.
///
/// @param vote whether to vote for a candidate (§5.2, §5.4.1)
/// @param commit how far a leader's log is committed (§5.4.2)
/// @param append how a follower takes entries (§5.3)
/// @param read when a leader may serve a read (thesis §6.4)
/// @param lease when a leader may serve reads alone, and when it must let others do so
/// @param transfer when leadership may be handed over (thesis §3.10)
/// @param quorum who counts, and how many are enough (§5.2, thesis §4.3)
/// @param change when the next step of a change of membership may be taken (thesis §4.1, §4.2)
/// @param snapshot what a snapshot carries, and what the log keeps for its sake (§7)
/// @param log what the write-ahead log makes of its files after a crash
/// @param sleep when a group may sleep, and must wake
/// @param group what keeps the groups of a node apart
public record RaftRules(
    VoteRule vote,
    CommitRule commit,
    AppendRule append,
    ReadRule read,
    LeaseRule lease,
    TransferRule transfer,
    QuorumRule quorum,
    ChangeRule change,
    SnapshotRule snapshot,
    LogRule log,
    SleepRule sleep,
    GroupRule group) {
  /// The rules of the paper.
  public static final RaftRules RAFT =
      new RaftRules(
          VoteRule.RAFT,
          CommitRule.RAFT,
          AppendRule.RAFT,
          ReadRule.RAFT,
          LeaseRule.RAFT,
          TransferRule.RAFT,
          QuorumRule.RAFT,
          ChangeRule.RAFT,
          SnapshotRule.RAFT,
          LogRule.RAFT,
          SleepRule.RAFT,
          GroupRule.RAFT);

  /// With another rule for votes.
  public RaftRules withVote(VoteRule rule) {
    return new RaftRules(
        rule, commit, append, read, lease, transfer, quorum, change, snapshot, log, sleep, group);
  }

  /// With another rule for commitment.
  public RaftRules withCommit(CommitRule rule) {
    return new RaftRules(
        vote, rule, append, read, lease, transfer, quorum, change, snapshot, log, sleep, group);
  }

  /// With another rule for appends.
  public RaftRules withAppend(AppendRule rule) {
    return new RaftRules(
        vote, commit, rule, read, lease, transfer, quorum, change, snapshot, log, sleep, group);
  }

  /// With another rule for reads.
  public RaftRules withRead(ReadRule rule) {
    return new RaftRules(
        vote, commit, append, rule, lease, transfer, quorum, change, snapshot, log, sleep, group);
  }

  /// With another rule for leases.
  public RaftRules withLease(LeaseRule rule) {
    return new RaftRules(
        vote, commit, append, read, rule, transfer, quorum, change, snapshot, log, sleep, group);
  }

  /// With another rule for transfers of leadership.
  public RaftRules withTransfer(TransferRule rule) {
    return new RaftRules(
        vote, commit, append, read, lease, rule, quorum, change, snapshot, log, sleep, group);
  }

  /// With another rule for quorums.
  public RaftRules withQuorum(QuorumRule rule) {
    return new RaftRules(
        vote, commit, append, read, lease, transfer, rule, change, snapshot, log, sleep, group);
  }

  /// With another rule for changes of membership.
  public RaftRules withChange(ChangeRule rule) {
    return new RaftRules(
        vote, commit, append, read, lease, transfer, quorum, rule, snapshot, log, sleep, group);
  }

  /// With another rule for snapshots.
  public RaftRules withSnapshot(SnapshotRule rule) {
    return new RaftRules(
        vote, commit, append, read, lease, transfer, quorum, change, rule, log, sleep, group);
  }

  /// With another rule for the files of the log.
  public RaftRules withLog(LogRule rule) {
    return new RaftRules(
        vote, commit, append, read, lease, transfer, quorum, change, snapshot, rule, sleep, group);
  }

  /// With another rule for sleep.
  public RaftRules withSleep(SleepRule rule) {
    return new RaftRules(
        vote, commit, append, read, lease, transfer, quorum, change, snapshot, log, rule, group);
  }

  /// With another rule for the groups of a node.
  public RaftRules withGroup(GroupRule rule) {
    return new RaftRules(
        vote, commit, append, read, lease, transfer, quorum, change, snapshot, log, sleep, rule);
  }
}
