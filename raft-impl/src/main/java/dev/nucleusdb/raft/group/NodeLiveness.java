package dev.nucleusdb.raft.group;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.raft.membership.Peers;
import dev.nucleusdb.raft.message.NodeBeatCodec;
import dev.nucleusdb.raft.message.NodeBeatCodec.Beat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Liveness between nodes, in place of heartbeats of groups that sleep: a node says to another that
/// it is alive as long as groups sleep there under its leaders, one beat per interval however many
/// they are. Who does not hear a node for too long, or hears that it has begun anew and so leads
/// nothing, wakes the groups that sleep under it.
///
/// A beat vouches for the node alone. That a group there is still led is vouched for by the rule
/// that a leader which ceases to lead is awake: it rises itself, or hears who leads.
final class NodeLiveness {
  private static final class Peer {
    /// How many groups that this node leads sleep there.
    int sleepersThere;

    /// How many groups sleep here under its leaders.
    int sleepersHere;

    /// How many of those woke with the last beat that this node missed of it; 0 if it was heard
    /// since.
    int wokenLast;

    long heardNanos;
    long incarnation;
    long number;
    boolean beats;
  }

  /// How many groups wake between two beats because a node is silent: few at first, and twice as
  /// many with each beat. Those that are asked for something wake by themselves, and if the node
  /// was only held up, for a pause or because it has too much to do, most of the others sleep on:
  /// waking them would give it still more to do.
  static final int WOKEN_FIRST = 32;

  private static final int WOKEN_AT_ONCE = 1024;

  private final NodeContext context;
  private final HostOptions options;
  private final Peers addresses;
  private final ObjIntConsumer<NodeId> onLost;
  private final LongSupplier clusterId;
  private final Predicate<Beat> fence;
  private final long beganNanos;
  private final long incarnation;
  private final Map<NodeId, Peer> peers = new TreeMap<>();
  private Timers.@Nullable Timer timer;
  private long tickNanos;
  private long number;
  private boolean closed;

  /// @param onLost wakes so many at most of those who sleep under a node
  /// @param clusterId the cluster of this node
  /// @param fence whether a beat is of that cluster
  NodeLiveness(
      NodeContext context,
      HostOptions options,
      Peers addresses,
      ObjIntConsumer<NodeId> onLost,
      LongSupplier clusterId,
      Predicate<Beat> fence) {
    this.clusterId = clusterId;
    this.fence = fence;
    this.context = context;
    this.options = options;
    this.addresses = addresses;
    this.onLost = onLost;
    this.beganNanos = now();
    this.incarnation = context.random().fork("beats").nextLong();
  }

  /// A group has fallen asleep, or has woken.
  void sleeps(Seat seat, boolean asleep, @Nullable NodeId under, List<NodeId> members) {
    boolean leads = context.id().equals(under);
    wakes(seat);
    if (!asleep || under == null) {
      return;
    }
    seat.under = under;
    if (leads) {
      seat.sleepers = members;
      for (NodeId member : members) {
        Peer peer = peer(member);
        peer.sleepersThere++;
        if (peer.sleepersThere == 1) {
          beat(member);
        }
      }
    } else {
      Peer peer = peer(under);
      peer.sleepersHere++;
      // Its leader has just spoken.
      peer.heardNanos = now();
    }
    armTimer();
  }

  /// A group sleeps no more, if it did.
  void wakes(Seat seat) {
    NodeId under = seat.under;
    seat.under = null;
    if (context.id().equals(under)) {
      seat.sleepers.forEach(member -> peer(member).sleepersThere--);
      seat.sleepers = List.of();
    } else if (under != null) {
      Peer peer = peer(under);
      peer.sleepersHere--;
      peer.beats &= peer.sleepersHere > 0;
    }
  }

  /// When a node was heard last.
  long heardNanos(NodeId node) {
    return peer(node).heardNanos;
  }

  void receive(Address from, byte[] bytes, int offset, int size) {
    Beat beat = closed ? null : NodeBeatCodec.decode(bytes, offset, size);
    if (beat == null
        || !beat.receiver().equals(context.id())
        || !addresses.accept(beat.sender(), from)
        || !fence.test(beat)) {
      return;
    }
    Peer peer = peer(beat.sender());
    if (peer.beats && beat.incarnation() != peer.incarnation) {
      peer.beats = false;
      sometimes("a node begins anew while groups sleep under it", true);
      onLost.accept(beat.sender(), Integer.MAX_VALUE);
    } else if (peer.beats && beat.number() <= peer.number) {
      return;
    }
    peer.beats = peer.sleepersHere > 0;
    peer.incarnation = beat.incarnation();
    peer.number = beat.number();
    peer.heardNanos = now();
    peer.wokenLast = 0;
  }

  /// A node is lost, as is known otherwise: those who sleep under it wake with the next beats.
  void lost(NodeId node) {
    Peer peer = peer(node);
    peer.heardNanos = Math.min(peer.heardNanos, now() - options.beatPatience().toNanos());
  }

  void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
    timer = null;
  }

  private Peer peer(NodeId node) {
    return peers.computeIfAbsent(node, key -> new Peer());
  }

  /// A node that has just begun says nothing for so long as others wait for a beat: they miss those
  /// of its last life, even if they never had one that told them which life it was.
  private void beat(NodeId to) {
    Address address = to.equals(context.id()) ? null : addresses.addressOf(to);
    if (address != null && now() - beganNanos >= options.beatPatience().toNanos()) {
      Beat beat = new Beat(context.id(), to, incarnation, ++number, clusterId.getAsLong());
      context.network().send(address, NodeBeatCodec.encode(beat));
    }
  }

  private void armTimer() {
    if (timer != null || closed || !isWanted()) {
      return;
    }
    tickNanos = now() + options.beatInterval().toNanos();
    timer = context.timers().at(tickNanos, this::tick);
  }

  private boolean isWanted() {
    for (Peer peer : peers.values()) {
      if (peer.sleepersThere > 0 || peer.sleepersHere > 0) {
        return true;
      }
    }
    return false;
  }

  private void tick() {
    timer = null;
    // While this node was held up it could hear nobody: that is no silence of others.
    long late = now() - tickNanos;
    boolean heldUp = late > options.beatInterval().toNanos();
    sometimes("a node is held up while groups sleep on it", heldUp);
    for (NodeId node : List.copyOf(peers.keySet())) {
      Peer peer = peer(node);
      peer.heardNanos += heldUp ? late : 0;
      if (peer.sleepersThere > 0) {
        beat(node);
      }
      if (peer.sleepersHere > 0 && now() - peer.heardNanos >= options.beatPatience().toNanos()) {
        sometimes("a node is lost while groups sleep under it", true);
        peer.wokenLast = Math.clamp(2L * peer.wokenLast, WOKEN_FIRST, WOKEN_AT_ONCE);
        onLost.accept(node, peer.wokenLast);
      }
    }
    armTimer();
  }

  private long now() {
    return context.clock().monotonicNanos();
  }
}
