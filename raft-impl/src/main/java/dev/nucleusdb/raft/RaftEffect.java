package dev.nucleusdb.raft;

import dev.nucleusdb.core.consensus.TransferOutcome;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a member wants done. Effects are executed in order; all of them may be executed at once:
/// whatever had to wait for the disk has waited inside [Raft].
public sealed interface RaftEffect {
  /// Send a message; it may get lost.
  ///
  /// @param to a member, or who asked
  /// @param message what to say
  record Send(NodeId to, RaftMessage message) implements RaftEffect {}

  /// Append to the write-ahead log and report [RaftInput.Persisted] once it is durable, in the
  /// order of the writes.
  ///
  /// @param writeId rising by one
  /// @param hardState the term and vote, if they changed
  /// @param firstIndex the index of the first entry; entries that were at or after it are replaced
  /// @param entries what stands there now; may be empty
  record Persist(long writeId, @Nullable HardState hardState, long firstIndex, List<Entry> entries)
      implements RaftEffect {}

  /// Append to the write-ahead log an entry that had been lost from it, beside those that are
  /// there; [Persist] follows.
  ///
  /// @param index its place
  /// @param entry the entry
  record Refill(long index, Entry entry) implements RaftEffect {}

  /// Apply the log's commands up to here: they are committed, and durable here.
  ///
  /// @param throughIndex the last to be applied
  record Apply(long throughIndex) implements RaftEffect {}

  /// Proposals have their places in the log, for now, one behind the other.
  ///
  /// @param firstTicket from the input; those that follow have the tickets that follow
  /// @param count how many
  /// @param firstIndex the place of the first
  /// @param term their term: another term at such a place means that it was lost
  record ProposalsPlaced(long firstTicket, int count, long firstIndex, long term)
      implements RaftEffect {
    long lastIndex() {
      return firstIndex + count - 1;
    }
  }

  /// Proposals were not taken.
  ///
  /// @param firstTicket from the input; those that follow have the tickets that follow
  /// @param count how many
  /// @param why what was in their way
  record ProposalsRefused(long firstTicket, int count, Refusal why) implements RaftEffect {}

  /// Why a proposal was not taken.
  enum Refusal {
    /// This member does not lead.
    NOT_LEADER,
    /// Too much waits to be committed.
    OVERLOADED,
    /// Leadership is being handed over.
    TRANSFERRING
  }

  /// A read may be served once the state machine has applied `index`.
  ///
  /// @param ticket from the input
  /// @param index how far it must be
  record ReadReady(long ticket, long index) implements RaftEffect {}

  /// A read cannot be served here.
  ///
  /// @param ticket from the input
  record ReadRefused(long ticket) implements RaftEffect {}

  /// A transfer of leadership is over.
  ///
  /// @param ticket from the input
  /// @param outcome what became of it
  record TransferEnded(long ticket, TransferOutcome outcome) implements RaftEffect {}

  /// The member's part has changed.
  ///
  /// @param role what it is now
  /// @param term its term
  record RoleChanged(Role role, long term) implements RaftEffect {}

  /// The log up to here is needed by nobody.
  ///
  /// @param index the last that may go
  record Released(long index) implements RaftEffect {}

  /// Send a piece of a snapshot: the first of the state as it is when this is executed, which is at
  /// the mark's index; the one that was sent last, again; or the next.
  ///
  /// @param to a follower
  /// @param term the leader's term
  /// @param mark which snapshot
  /// @param number which piece, from 0
  /// @param round the leader's
  record SendPiece(NodeId to, long term, SnapshotMark mark, int number, long round)
      implements RaftEffect {}

  /// No more pieces go to a follower.
  ///
  /// @param to whom
  record EndSnapshot(NodeId to) implements RaftEffect {}

  /// Hand a piece to the state machine, and the whole if it was the last; then report
  /// [RaftInput.PieceTaken].
  ///
  /// @param from the leader
  /// @param message with the piece
  record TakePiece(NodeId from, RaftMessage.InstallSnapshot message) implements RaftEffect {}

  /// A snapshot stands for the log up to its mark.
  ///
  /// @param mark which
  /// @param suffixKept whether what followed in the log is still there
  record LogRestarted(SnapshotMark mark, boolean suffixKept) implements RaftEffect {}

  /// Others take part from here on, as the log says: by a new entry, or because one was cut. The
  /// members are to be reached where this says before anything else is sent.
  ///
  /// @param membership who, and where they are
  record MembershipInForce(Membership membership) implements RaftEffect {}

  /// A change of membership is committed, to its end.
  ///
  /// @param ticket from the input
  record MembershipChanged(long ticket) implements RaftEffect {}

  /// A change of membership was not begun, or was undone: members are as they were before.
  ///
  /// @param ticket from the input
  /// @param reason why; null if this member does not lead
  record MembershipRefused(long ticket, @Nullable String reason) implements RaftEffect {}
}
