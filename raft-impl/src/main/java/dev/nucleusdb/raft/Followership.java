package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.read.Freshness;
import dev.nucleusdb.raft.replication.AppendRule;
import java.util.List;

/// What a follower does with a leader's entries (§5.3).
final class Followership {
  private final MemberState state;
  private final LogRepair repair;

  Followership(MemberState state, LogRepair repair) {
    this.state = state;
    this.repair = repair;
  }

  /// A request of an earlier term's leader, whose round is over.
  void refuse(NodeId from, RaftMessage.AppendRequest request) {
    sometimes(
        "raft refuses a request of an earlier reign of its leader", from.equals(state.leader()));
    long round = state.rules.read().answeredRound(request.round(), false);
    state.sendWhenTermDurable(
        from, new RaftMessage.AppendRejected(state.term(), request.previousIndex(), 0, 0, round));
  }

  /// A piece of a snapshot from an earlier term's leader, whose round is over.
  void refuse(NodeId from, RaftMessage.InstallSnapshot request) {
    long round = state.rules.read().answeredRound(request.round(), false);
    state.sendWhenTermDurable(
        from, new RaftMessage.SnapshotReply(state.term(), request.mark().index(), 0, round));
  }

  /// A request of the current term's leader.
  void onAppendRequest(NodeId from, RaftMessage.AppendRequest request) {
    AppendRule rule = state.rules.append();
    boolean behindHole = !state.log.isSound() && request.previousIndex() > state.log.soundIndex();
    if (behindHole) {
      sometimes("raft asks its leader for what it has lost", true);
      repair.askLeader(from);
    }
    if (behindHole || !rule.fits(state.log, request.previousIndex(), request.previousTerm())) {
      reject(from, request);
      return;
    }
    append(rule, request);
    long lastMatching = Math.max(request.lastIndex(), state.log.baseIndex());
    state.commit(rule.commitIndex(request.commitIndex(), lastMatching));
    state.groupReleased(request.releaseIndex());
    RaftMessage reply =
        new RaftMessage.AppendAccepted(
            state.term(), lastMatching, request.round(), hearStanding(request));
    if (lastMatching <= state.durability.durableIndex()) {
      state.sendWhenTermDurable(from, reply);
    } else {
      state.sendWhenDurable(from, reply);
    }
  }

  /// What a broadcast says of the leader: how far a state was complete, and when that was.
  ///
  /// @return the mark for the reply; 0 if the request is no broadcast
  private long hearStanding(RaftMessage.AppendRequest request) {
    if (!request.entries().isEmpty()) {
      return Freshness.NO_MARK;
    }
    RaftMessage.Standing standing = request.standing();
    long since = state.freshness.momentOf(standing.mark());
    state.freshness.round(request.term(), request.round(), since, request.commitIndex());
    state.freshness.confirmed(standing.confirmedRound(), state.appliedIndex(), state.nowNanos);
    if (since != Long.MIN_VALUE) {
      state.leases.heardLease(since, standing.leaseLeftNanos());
    }
    return state.freshness.mark(state.nowNanos);
  }

  /// A piece of a snapshot from the current term's leader.
  void onInstallSnapshot(NodeId from, RaftMessage.InstallSnapshot request) {
    if (request.mark().index() <= state.commitIndex()) {
      accept(from, request.round());
    } else {
      state.emit(new RaftEffect.TakePiece(from, request));
    }
  }

  /// The state machine has taken a piece, or the whole.
  void onPieceTaken(RaftInput.PieceTaken taken) {
    if (taken.installed()) {
      state.installed(taken.mark());
      accept(taken.from(), taken.round());
    } else {
      state.sendWhenTermDurable(
          taken.from(),
          new RaftMessage.SnapshotReply(
              state.term(), taken.mark().index(), taken.wanted(), taken.round()));
    }
  }

  /// What is committed matches every leader's log to come.
  private void accept(NodeId leader, long round) {
    long match = Math.min(state.commitIndex(), state.durability.durableIndex());
    state.sendWhenTermDurable(leader, new RaftMessage.AppendAccepted(state.term(), match, round));
  }

  private void append(AppendRule rule, RaftMessage.AppendRequest request) {
    List<Entry> entries = request.entries();
    if (!state.log.isSound() && repair.fill(request.previousIndex() + 1, entries)) {
      sometimes("raft fills a hole in its log with a leader's entries", true);
    }
    int firstNew = rule.firstNew(state.log, request.previousIndex(), entries);
    if (firstNew == entries.size()) {
      sometimes("raft gets entries that it has already", !entries.isEmpty());
      return;
    }
    long firstIndex = request.previousIndex() + 1 + firstNew;
    if (firstIndex <= state.log.lastIndex()) {
      sometimes("raft cuts entries of another leader", true);
      state.truncateFrom(firstIndex);
    }
    for (Entry entry : entries.subList(firstNew, entries.size())) {
      // Those that were there already would be kept in memory twice.
      state.append(firstNew == 0 ? entry : entry.alone());
    }
  }

  private void reject(NodeId from, RaftMessage.AppendRequest request) {
    RaftLog log = state.log;
    long previous = Math.min(request.previousIndex(), log.soundIndex());
    long hint = log.lastIndexWithTermAtMost(previous, request.previousTerm());
    state.sendWhenTermDurable(
        from,
        new RaftMessage.AppendRejected(
            state.term(), request.previousIndex(), hint, log.termAt(hint), request.round()));
  }
}
