package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.Digest;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.raft.group.Seat;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.LogRule;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.log.WriteAheadLog;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import java.util.List;

/// One group's part of the write-ahead log.
final class MemberLog {
  private final WriteAheadLog wal;
  private final Seat seat;
  private final int group;
  private final Trace trace;
  private final LogRule rule;

  /// @param seat the group's, which is told of every write
  MemberLog(Seat seat, int group, Trace trace, LogRule rule) {
    this.wal = seat.log();
    this.seat = seat;
    this.group = group;
    this.trace = trace;
    this.rule = rule;
  }

  /// A store that has applied what the log does not hold, or a log of a term that nobody knows of,
  /// comes of files that do not belong together.
  void refuseContradiction(HardState hardState, RaftLog log, long appliedIndex) {
    boolean fits = appliedIndex >= log.baseIndex() && appliedIndex <= log.lastIndex();
    if (!fits || hardState.term() < log.lastTerm()) {
      throw new CorruptionException(
          RaftMember.DIRECTORY,
          0,
          "the log holds entries "
              + (log.baseIndex() + 1)
              + " to "
              + log.lastIndex()
              + " and term "
              + hardState.term()
              + ", but the store has applied "
              + appliedIndex
              + ": a file is missing or older than the others; restore the folder as a whole");
    }
  }

  /// What is lost of entries that the store has already is needed here no more: the log begins
  /// behind them, and who asks for them gets a snapshot.
  ///
  /// @throws CorruptionException if others are lost, and there is no other voter that may have them
  void forgetLost(NodeId self, Membership founding, RaftLog log, long appliedIndex) {
    long forgotten = log.lastLostUpTo(appliedIndex);
    if (forgotten > 0) {
      log.release(forgotten);
      release(forgotten, log);
      sometimes("raft needs no entry that it has lost", log.isSound());
    }
    Membership named = log.membership();
    List<NodeId> voters = (named == null ? founding : named).configuration().voters();
    if (!log.isSound() && voters.equals(List.of(self))) {
      throw new CorruptionException(
          RaftMember.DIRECTORY,
          0,
          "entry " + (log.soundIndex() + 1) + " of the log is damaged, and nobody else has it");
    }
    sometimes("raft begins with a hole in its log", !log.isSound());
    if (!log.isSound()) {
      trace.event(RaftTrace.HOLE, log.soundIndex() + 1, log.lastIndex(), 0);
      if (!rule.keepsHole()) {
        log.truncateFrom(log.soundIndex() + 1);
      }
    }
  }

  /// Writes an entry that had been lost; [#persist] follows.
  void refill(RaftEffect.Refill refill) {
    seat.refill(refill.index(), refill.entry());
  }

  /// Writes, and sees to it that the write becomes durable.
  ///
  /// @param log the log in memory
  void persist(RaftEffect.Persist persist, RaftLog log) {
    if (trace.isRead()) {
      traceWrite(persist, log);
    }
    seat.append(persist.hardState(), persist.firstIndex(), persist.entries());
    if (persist.hardState() != null) {
      trace.point("raft.hard-state-written");
    }
    if (!persist.entries().isEmpty()) {
      trace.point("raft.entries-written");
    }
    seat.written(persist.writeId());
  }

  private void traceWrite(RaftEffect.Persist persist, RaftLog log) {
    HardState state = persist.hardState();
    if (state != null) {
      int vote = state.vote() == null ? NodeId.NONE : state.vote().value();
      trace.event(RaftTrace.HARD_STATE, state.term(), vote, 0);
    }
    long index = persist.firstIndex();
    boolean replaced = index - 1 < log.baseIndex();
    if (replaced || persist.entries().isEmpty()) {
      return;
    }
    long previousTerm = log.termAt(index - 1);
    for (Entry entry : persist.entries()) {
      long hash = Digest.hash(entry.bytes(), entry.offset(), entry.size()) + 31 * previousTerm;
      trace.event(RaftTrace.APPEND, index, entry.term(), hash);
      previousTerm = entry.term();
      index++;
    }
  }

  /// Does nothing if the log was released further since the effect was made, by a state machine
  /// that released more than once while it was applying: the effect that says so is still to come.
  void release(long index, RaftLog log) {
    if (index >= log.baseIndex()) {
      trace.event(RaftTrace.RELEASE, index, 0, 0);
      wal.release(group, index, log.termAt(index), log.baseMembership());
    }
  }

  /// A snapshot stands for the log up to its mark.
  void restartAfter(SnapshotMark mark, boolean suffixKept) {
    trace.event(RaftTrace.RESTARTED, mark.index(), mark.term(), suffixKept ? 1 : 0);
    if (suffixKept) {
      wal.release(group, mark.index(), mark.term(), mark.membership());
    } else {
      wal.restart(group, mark.index(), mark.term(), mark.membership());
    }
  }
}
