package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.invariant;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.consensus.SnapshotReader;
import dev.nucleusdb.core.consensus.SnapshotWriter;
import dev.nucleusdb.core.consensus.StateMachine;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The state machine's side of snapshots: what is read for followers, and what is gathered of a
/// leader's.
final class SnapshotTraffic {
  /// One snapshot as a follower gets it.
  private static final class Reading {
    final SnapshotMark mark;
    final SnapshotReader reader;

    /// The piece of [#number], kept until the next is asked for.
    byte[] piece = new byte[0];

    /// What comes after it; null if it is the last.
    byte @Nullable [] next;

    int number = -1;

    Reading(SnapshotMark mark, SnapshotReader reader) {
      this.mark = mark;
      this.reader = reader;
    }

    void advance(int bytesMax) {
      byte[] following = number < 0 ? reader.next(bytesMax) : next;
      invariant(following != null, "piece %d is asked for, behind the last", number + 1, 0);
      piece = Objects.requireNonNull(following);
      next = reader.next(bytesMax);
      number++;
    }
  }

  /// A leader's snapshot as far as it has come.
  private record Gathering(NodeId from, long term, SnapshotMark mark, SnapshotWriter writer) {}

  private final StateMachine machine;
  private final int pieceBytesMax;
  private final Trace trace;
  private final TreeMap<NodeId, Reading> readings = new TreeMap<>();
  private @Nullable Gathering gathering;
  private int wanted;

  SnapshotTraffic(StateMachine machine, int pieceBytesMax, Trace trace) {
    this.machine = machine;
    this.pieceBytesMax = pieceBytesMax;
    this.trace = trace;
  }

  /// The mark of the snapshot that the state machine began from; null if it began from nothing.
  static @Nullable SnapshotMark markOf(StateMachine machine) {
    byte[] bytes = machine.snapshotMark();
    SnapshotMark mark = bytes == null ? null : SnapshotMark.ofBytes(bytes);
    if (bytes != null && mark == null) {
      throw new CorruptionException(
          RaftMember.DIRECTORY, 0, "the store's snapshot mark makes no sense");
    }
    return mark;
  }

  /// The message that [RaftEffect.SendPiece] asks for.
  ///
  /// @throws dev.nucleusdb.core.disk.CorruptionException if the state cannot be read
  RaftMessage.InstallSnapshot piece(RaftEffect.SendPiece send) {
    Reading reading = readings.get(send.to());
    if (reading == null || !reading.mark.equals(send.mark())) {
      reading = begin(send.to(), send.mark());
    }
    while (reading.number < send.number()) {
      reading.advance(pieceBytesMax);
    }
    invariant(reading.number == send.number(), "piece %d is gone", send.number(), 0);
    return new RaftMessage.InstallSnapshot(
        send.term(), send.mark(), send.number(), reading.next == null, reading.piece, send.round());
  }

  private Reading begin(NodeId to, SnapshotMark mark) {
    end(to);
    SnapshotReader reader = machine.snapshot();
    Reading reading = new Reading(mark, reader);
    readings.put(to, reading);
    invariant(
        reader.index() == mark.index(),
        "a snapshot at %d, the state machine is at %d",
        mark.index(),
        reader.index());
    return reading;
  }

  /// No more goes to a follower.
  void end(NodeId to) {
    Reading reading = readings.remove(to);
    if (reading != null) {
      reading.reader.close();
    }
  }

  /// Takes a piece.
  ///
  /// @return what to tell [Raft]
  RaftInput.PieceTaken take(RaftEffect.TakePiece take) {
    RaftMessage.InstallSnapshot message = take.message();
    SnapshotMark mark = message.mark();
    boolean installed = machine.appliedIndex() >= mark.index();
    if (!installed) {
      try {
        installed = gather(take.from(), message);
      } catch (IllegalArgumentException e) {
        sometimes("raft refuses a snapshot that is not whole", true);
        drop();
      } catch (DiskException e) {
        if (e.kind() != DiskException.Kind.NO_SPACE) {
          throw e;
        }
        sometimes("raft has no room for a snapshot", true);
        drop();
      }
    }
    return new RaftInput.PieceTaken(take.from(), mark, wanted, installed, message.round());
  }

  private boolean gather(NodeId from, RaftMessage.InstallSnapshot message) {
    Gathering current = gathering;
    boolean same =
        current != null
            && current.from().equals(from)
            && current.term() == message.term()
            && current.mark().equals(message.mark());
    if (!same) {
      sometimes("raft drops a snapshot for the sake of another", current != null);
      drop();
      if (message.number() > 0) {
        return false;
      }
      current = new Gathering(from, message.term(), message.mark(), machine.receive());
      gathering = current;
    }
    if (current == null || message.number() != wanted) {
      return false;
    }
    current.writer().add(message.piece());
    wanted++;
    if (!message.last()) {
      return false;
    }
    current.writer().install(message.mark().index(), message.mark().toBytes());
    gathering = null;
    wanted = 0;
    trace.event(RaftTrace.INSTALLED, message.mark().index(), message.mark().term(), 0);
    trace.point("raft.snapshot-installed");
    return true;
  }

  private void drop() {
    Gathering current = gathering;
    gathering = null;
    wanted = 0;
    if (current != null) {
      current.writer().close();
    }
  }
}
