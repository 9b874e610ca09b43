package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can happen to a member.
public sealed interface RaftInput {
  /// A message arrived.
  ///
  /// @param from who sent it
  /// @param storeId the disk that it speaks from; 0 if it does not say
  /// @param message what it says
  record Receive(NodeId from, long storeId, RaftMessage message) implements RaftInput {}

  /// Time has passed; useful once [Raft#deadlineNanos] is reached.
  record Tick() implements RaftInput {}

  /// Commands are to be added to the log. They are neither written nor sent before the next
  /// [Flush].
  ///
  /// @param firstTicket of the first; those that follow have the tickets that follow
  /// @param commands what the state machine is to do, one after the other
  record Propose(long firstTicket, List<byte[]> commands) implements RaftInput {
    int count() {
      return commands.size();
    }
  }

  /// No more proposals for now: write and send what has come.
  record Flush() implements RaftInput {}

  /// A linearizable read is wanted.
  ///
  /// @param ticket repeated in the answer
  record Read(long ticket) implements RaftInput {}

  /// Another member is to lead (thesis §3.10). Answered by one [RaftEffect.TransferEnded].
  ///
  /// @param ticket repeated in the answer; above zero
  /// @param target who; null for whichever follower has most of the log
  record TransferLeadership(long ticket, @Nullable NodeId target) implements RaftInput {}

  /// Others are to take part, or in other parts.
  ///
  /// @param ticket repeated in the answer, which does not come if leadership is lost meanwhile
  /// @param target who shall take part in the end; not joint
  record ChangeMembership(long ticket, Membership target) implements RaftInput {
    /// @throws IllegalArgumentException if the target is joint
    public ChangeMembership {
      require(!target.configuration().isJoint(), "the end of a change is not joint");
    }
  }

  /// All writes up to this one are durable.
  ///
  /// @param writeId from [RaftEffect.Persist]
  record Persisted(long writeId) implements RaftInput {}

  /// A piece of a snapshot was taken, as [RaftEffect.TakePiece] asked.
  ///
  /// @param from the leader
  /// @param mark which snapshot
  /// @param wanted the piece to come next; 0 if nothing of it is there
  /// @param installed whether the state machine is at the mark's index now, durably
  /// @param round from the piece
  record PieceTaken(NodeId from, SnapshotMark mark, int wanted, boolean installed, long round)
      implements RaftInput {}

  /// A snapshot cannot be read here.
  ///
  /// @param to whom it was for
  record SnapshotUnreadable(NodeId to) implements RaftInput {}

  /// While this member slept, its node heard the leader's node; said before whatever may wake it.
  ///
  /// @param heardNanos when it was heard last
  record LeaderNodeHeard(long heardNanos) implements RaftInput {}

  /// The leader's node was not heard for the shortest election timeout, or has begun anew, or its
  /// connection has ended and it was not heard again.
  ///
  /// @param node which
  record NodeLost(NodeId node) implements RaftInput {}

  /// The state machine needs nothing up to this index from the log any more.
  ///
  /// @param index durable in the state machine itself
  record Release(long index) implements RaftInput {}
}
