package dev.nucleusdb.raft.group;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.message.RaftMessage;
import org.jspecify.annotations.Nullable;

/// What a [GroupHost] tells a group. All calls come on the node's thread, and none inside a call
/// that the group makes.
public interface HostedGroup {
  /// A message for it arrived.
  ///
  /// @param storeId the disk that the sender speaks from
  void receive(NodeId sender, long storeId, RaftMessage message);

  /// The moment has come that it asked for with [Seat#arm], or is near.
  void due();

  /// It asked for this with [Seat#flushSoon].
  void flush();

  /// A node was not heard for too long, or has begun anew.
  void lost(NodeId node);

  /// All its writes up to this one are durable.
  void persisted(long writeId);

  /// The node's disk has failed, or lies: it is over, for all groups.
  void stop();

  /// Its log, if the write-ahead log holds exactly that; null while something is unwritten, or
  /// written and not yet known here.
  @Nullable RaftLog writtenLog();

  /// What its log takes in memory, about, which is no less than its frames take in the files.
  long heldBytes();
}
