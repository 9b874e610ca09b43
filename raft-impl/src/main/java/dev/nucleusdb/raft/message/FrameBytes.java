package dev.nucleusdb.raft.message;

import static dev.nucleusdb.raft.message.FrameFields.sizeOf;
import static dev.nucleusdb.raft.message.FrameFields.sizeOfDelimited;
import static dev.nucleusdb.raft.message.FrameFields.sizeOfFixed;
import static dev.nucleusdb.raft.message.FrameFields.write;
import static dev.nucleusdb.raft.message.FrameFields.writeFixed;
import static dev.nucleusdb.raft.message.FrameFields.writeLength;

import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.core.network.Outgoing;
import dev.nucleusdb.core.node.NodeId;
import java.nio.ByteBuffer;

/// A frame that becomes bytes where it is sent from: what stands around the body of each.
abstract class FrameBytes implements Outgoing {
  private final long term;
  private final int sender;
  private final long storeId;
  private final long clusterId;
  private final int receiver;
  private final int group;
  private final int bodyField;
  private final int bodySize;
  private final int size;

  /// @param bodyField under which the body stands in the frame
  /// @param bodySize its bytes, exactly
  FrameBytes(
      int bodyField,
      int bodySize,
      long term,
      NodeId sender,
      long storeId,
      long clusterId,
      NodeId receiver,
      int group) {
    this.bodyField = bodyField;
    this.bodySize = bodySize;
    this.term = term;
    this.sender = sender.value();
    this.storeId = storeId;
    this.clusterId = clusterId;
    this.receiver = receiver.value();
    this.group = group;
    this.size = frameSize();
  }

  private int frameSize() {
    return Envelope.HEADER_BYTES
        + sizeOf(FrameFields.GROUP, group)
        + sizeOf(FrameFields.SENDER, sender)
        + sizeOf(FrameFields.TERM, term)
        + sizeOfDelimited(bodyField, bodySize)
        + sizeOf(FrameFields.RECEIVER, receiver)
        + sizeOfFixed(FrameFields.SENDER_STORE, storeId)
        + sizeOfFixed(FrameFields.CLUSTER, clusterId);
  }

  @Override
  public final int size() {
    return size;
  }

  @Override
  public final void writeTo(ByteBuffer into) {
    int start = Envelope.begin(into, RaftCodec.CHANNEL, RaftCodec.VERSION);
    write(into, FrameFields.GROUP, group);
    write(into, FrameFields.SENDER, sender);
    write(into, FrameFields.TERM, term);
    writeLength(into, bodyField, bodySize);
    writeBody(into);
    write(into, FrameFields.RECEIVER, receiver);
    writeFixed(into, FrameFields.SENDER_STORE, storeId);
    writeFixed(into, FrameFields.CLUSTER, clusterId);
    Envelope.seal(into, start);
  }

  abstract void writeBody(ByteBuffer into);
}
