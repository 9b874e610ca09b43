package dev.nucleusdb.raft.group;

import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.WriteAheadLog;
import dev.nucleusdb.raft.message.RaftMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group's place on its node: what it may ask of [GroupHost], and what the host keeps of it.
public final class Seat {
  static final long NEVER = Long.MAX_VALUE;

  final int group;
  final HostedGroup member;
  private final GroupHost host;

  /// The moment that stands for this group in [Deadlines]; never more than a slot later than what
  /// it asked for.
  long armedNanos = NEVER;

  /// The last write of this group.
  long writtenId;

  /// The last write that the sync under way covers.
  long coveredId;

  /// Whether it has written since the last sync began.
  boolean awaitsSync;

  boolean awaitsFlush;

  /// Under whose leader it sleeps; null if it is awake, or knows none.
  @Nullable NodeId under;

  /// If this node leads it: who takes part.
  List<NodeId> sleepers = List.of();

  boolean left;

  Seat(GroupHost host, int group, HostedGroup member) {
    this.host = host;
    this.group = group;
    this.member = member;
  }

  /// The node's write-ahead log.
  public WriteAheadLog log() {
    return host.log();
  }

  /// Appends to [#log] a term and vote, and entries from an index on; [#written] is to follow.
  ///
  /// @throws dev.nucleusdb.core.disk.DiskException if the disk did not take it, and it did not wait
  ///   for others: else the node halts
  public void append(@Nullable HardState hardState, long firstIndex, List<Entry> entries) {
    host.append(group, hardState, firstIndex, entries);
  }

  /// As [#append], for an entry that had been lost from [#log]; [#append] is to follow.
  public void refill(long index, Entry entry) {
    host.refill(group, index, entry);
  }

  /// The group has appended: [HostedGroup#persisted] follows.
  ///
  /// @param writeId rising
  public void written(long writeId) {
    host.commit().written(this, writeId);
    host.relieveSoon();
  }

  /// Sends a message to this group's member on another node; it is lost if nobody knows where that
  /// is.
  public void send(NodeId to, RaftMessage message) {
    host.send(group, to, message);
  }

  /// Whether somebody knows where a node is.
  public boolean knows(NodeId node) {
    return host.peers().addressOf(node) != null;
  }

  /// Members are there from now on.
  public void add(Iterable<Member> members) {
    host.peers().add(members);
  }

  /// Asks for [HostedGroup#due] at a moment, or soon after it, with others. One that was asked for
  /// earlier may still come first.
  public void arm(long deadlineNanos) {
    host.deadlines().arm(this, deadlineNanos);
  }

  /// Asks for [HostedGroup#flush], soon, with all others that ask for it meanwhile.
  public void flushSoon() {
    host.flushSoon(this);
  }

  /// The group has fallen asleep, or has woken.
  ///
  /// @param under whose leader it sleeps or slept under, this node's or another's; null for none
  /// @param members who takes part, as when it fell asleep
  public void sleeps(boolean asleep, @Nullable NodeId under, List<NodeId> members) {
    host.liveness().sleeps(this, asleep, under, members);
  }

  /// When a node was heard last under whose leaders groups sleep here.
  public long heardNanos(NodeId node) {
    return host.liveness().heardNanos(node);
  }

  /// The disk has failed: all groups of the node stop.
  public void halt(RuntimeException failure) {
    host.halt(failure);
  }

  /// The group takes no part any more. The last to leave closes the log, without a sync.
  public void leave() {
    host.leave(this);
  }
}
