package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.replication.Followers;
import dev.nucleusdb.raft.replication.Progress;
import dev.nucleusdb.raft.snapshot.Outgoing;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A leader's snapshots on their way (§7): one to each follower that needs what its log no longer
/// holds, piece by piece. As long as one is on its way to somebody who answers, the log keeps what
/// comes after it: otherwise the follower would need the next snapshot as soon as it has this one.
/// So they also say how far the log may go.
final class Snapshots {
  private static final int UNDER_WAY_MAX = 2;
  private static final int PATIENCE_TIMEOUTS = 5;
  private static final int RETAINED_FACTOR_MAX = 4;

  /// Even a log that is cut early must let a follower that has just got a snapshot catch up, or
  /// else it would need the next one at once, for ever (hashicorp/raft 697).
  private static final long HELD_BYTES_MIN = 64 << 10;

  private final MemberState state;
  private final Followers followers;

  /// By receiver; null while none was sent in this reign.
  private @Nullable TreeMap<NodeId, Outgoing> outgoing;

  private long releaseIndex;

  Snapshots(MemberState state, Followers followers) {
    this.state = state;
    this.followers = followers;
  }

  /// When the next piece may go; far away if none waits for that.
  long deadlineNanos() {
    long deadline = Long.MAX_VALUE;
    for (Outgoing one : all()) {
      deadline = Math.min(deadline, one.deadlineNanos());
    }
    return deadline;
  }

  /// Whether none is on its way.
  boolean isIdle() {
    return outgoing == null || outgoing.isEmpty();
  }

  /// The log must keep what comes after this index.
  long heldIndex() {
    long held = Long.MAX_VALUE;
    for (Outgoing one : all()) {
      held = Math.min(held, one.mark().index());
    }
    return held;
  }

  /// Which piece is on its way to a follower; null if it is sent no snapshot.
  @Nullable Integer pieceTo(NodeId to) {
    Outgoing one = of(to);
    return one == null ? null : one.number();
  }

  private @Nullable Outgoing of(NodeId to) {
    return outgoing == null ? null : outgoing.get(to);
  }

  private Collection<Outgoing> all() {
    return outgoing == null ? List.of() : outgoing.values();
  }

  private List<NodeId> receivers() {
    return outgoing == null ? List.of() : List.copyOf(outgoing.keySet());
  }

  /// Begins to send one to a follower, unless it says nothing, or enough others are sent one: then
  /// the next heartbeat tries again.
  void begin(NodeId to, Progress follower, long round) {
    boolean silent =
        state.nowNanos - follower.heardNanos() > state.options.electionTimeoutMax().toNanos();
    boolean may = state.rules.snapshot().maySend(follower.mode() == Progress.Mode.PROBE);
    if (silent || !may || all().size() >= UNDER_WAY_MAX) {
      return;
    }
    sometimes("raft sends a snapshot", true);
    follower.awaitSnapshot();
    TreeMap<NodeId, Outgoing> byReceiver = outgoing == null ? new TreeMap<>() : outgoing;
    outgoing = byReceiver;
    byReceiver.put(to, new Outgoing(state.snapshotMark(), state.nowNanos));
    state.hold(state.rules.snapshot().held(heldIndex()));
    send(to, round);
  }

  /// A follower wants a piece.
  void onReply(NodeId from, RaftMessage.SnapshotReply reply, long round) {
    Outgoing one = of(from);
    if (one == null || one.mark().index() != reply.index()) {
      return;
    }
    if (!one.wants(reply.wanted())) {
      sometimes("raft begins a snapshot anew because its receiver has lost it", true);
      end(from);
      return;
    }
    send(from, round);
  }

  /// A follower has entries: who has those of the snapshot, or enough of them to go on with the
  /// log, needs it no more.
  void onAccepted(NodeId from, Progress follower) {
    Outgoing one = of(from);
    long enough = one == null ? 0 : Math.min(one.mark().index(), state.log.baseIndex());
    if (one != null && follower.matchIndex() >= enough) {
      end(from);
    }
  }

  /// Sends what is due, and again what was lost.
  void tick(long round) {
    for (NodeId to : receivers()) {
      Progress follower = followers.of(to);
      long silence = follower == null ? 0 : state.nowNanos - follower.heardNanos();
      long patience = PATIENCE_TIMEOUTS * state.options.electionTimeoutMax().toNanos();
      if (follower == null || silence > patience) {
        end(to);
      } else {
        send(to, round);
      }
    }
  }

  /// One cannot be read: the follower has to wait for another.
  void unreadable(NodeId to) {
    end(to);
  }

  /// Nothing is sent for long: keeps no room for it.
  void rest() {
    outgoing = isIdle() ? null : outgoing;
  }

  /// The reign is over.
  void endAll() {
    receivers().forEach(this::end);
  }

  private void send(NodeId to, long round) {
    Outgoing one = of(to);
    if (one == null) {
      return;
    }
    boolean lost = one.giveUpSilence(state.nowNanos, state.options.electionTimeoutMin().toNanos());
    sometimes("raft sends a piece of a snapshot again", lost);
    if (one.isDue(state.nowNanos)) {
      one.sent(state.nowNanos, state.options.snapshot().pauseNanos());
      state.emit(new RaftEffect.SendPiece(to, state.term(), one.mark(), one.number(), round));
    }
  }

  private void end(NodeId to) {
    if (outgoing != null) {
      outgoing.remove(to);
    }
    state.hold(state.rules.snapshot().held(heldIndex()));
    state.emit(new RaftEffect.EndSnapshot(to));
    Progress follower = followers.of(to);
    if (follower != null) {
      follower.endSnapshot();
    }
  }

  /// Nobody needs the log up to here.
  long releaseIndex() {
    return releaseIndex;
  }

  /// Lets go what nobody needs by now.
  void releaseLog() {
    long everywhere = followers.smallest(state.durability.durableIndex(), Progress::matchIndex);
    long unneeded = Math.max(everywhere, releasableIndex());
    releaseIndex = Math.max(releaseIndex, Math.min(unneeded, state.commitIndex()));
    state.groupReleased(releaseIndex);
  }

  /// How far the log may go, to keep it small, although not everybody has it.
  private long releasableIndex() {
    long retained = state.options.snapshot().logRetainedBytesMax();
    if (state.log.heldBytes() <= retained) {
      return 0;
    }
    long wanted = state.log.indexLeaving(retained);
    return state.rules.snapshot().releasable(wanted, neededIndex(retained));
  }

  /// What comes after this index is needed by followers that were heard lately, unless the log has
  /// become far too long, and by snapshots on their way.
  private long neededIndex(long retained) {
    long held = heldIndex();
    if (state.log.heldBytes() > Math.max(HELD_BYTES_MIN, RETAINED_FACTOR_MAX * retained)) {
      return held;
    }
    long lately = state.nowNanos - state.options.electionTimeoutMax().toNanos();
    return followers.smallest(
        held, follower -> follower.heardNanos() > lately ? follower.matchIndex() : Long.MAX_VALUE);
  }
}
