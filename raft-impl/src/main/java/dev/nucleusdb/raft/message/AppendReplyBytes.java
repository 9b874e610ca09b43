package dev.nucleusdb.raft.message;

import static dev.nucleusdb.raft.message.FrameFields.sizeOf;
import static dev.nucleusdb.raft.message.FrameFields.sizeOfFixed;
import static dev.nucleusdb.raft.message.FrameFields.write;
import static dev.nucleusdb.raft.message.FrameFields.writeFixed;

import com.google.protobuf.CodedOutputStream;
import dev.nucleusdb.core.node.NodeId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The answer to the message of [AppendRequestBytes], as frequent as that, in the same way: the
/// bytes are those of `raft.proto` as protobuf's own classes write them, without their objects. It
/// reads what it would write, and leaves anything else to protobuf's classes.
///
/// @param body the answer; of the fields that the other kind of answer has, 0
record AppendReplyBytes(
    long group, long sender, long term, Body body, long receiver, long storeId, long clusterId) {
  static final int APPEND_REPLY = 9;

  private static final int ACCEPTED = 1;
  private static final int MATCH_INDEX = 2;
  private static final int REJECTED_INDEX = 3;
  private static final int HINT_INDEX = 4;
  private static final int HINT_TERM = 5;
  private static final int ROUND = 6;
  private static final int MARK = 7;

  /// @param accepted 1 or 0
  private record Body(
      long accepted,
      long matchIndex,
      long rejectedIndex,
      long hintIndex,
      long hintTerm,
      long round,
      long mark) {

    int size() {
      return sizeOf(ACCEPTED, accepted)
          + sizeOf(MATCH_INDEX, matchIndex)
          + sizeOf(REJECTED_INDEX, rejectedIndex)
          + sizeOf(HINT_INDEX, hintIndex)
          + sizeOf(HINT_TERM, hintTerm)
          + sizeOf(ROUND, round)
          + sizeOfFixed(MARK, mark);
    }

    void writeTo(CodedOutputStream out) throws IOException {
      write(out, ACCEPTED, accepted);
      write(out, MATCH_INDEX, matchIndex);
      write(out, REJECTED_INDEX, rejectedIndex);
      write(out, HINT_INDEX, hintIndex);
      write(out, HINT_TERM, hintTerm);
      write(out, ROUND, round);
      writeFixed(out, MARK, mark);
    }
  }

  /// The bytes of an answer; null if the message is another.
  static @Nullable AppendReplyBytes of(
      NodeId sender,
      long storeId,
      long clusterId,
      NodeId receiver,
      int group,
      RaftMessage message) {
    Body body =
        message instanceof RaftMessage.AppendAccepted m
            ? new Body(1, m.matchIndex(), 0, 0, 0, m.round(), m.mark())
            : message instanceof RaftMessage.AppendRejected m
                ? new Body(0, 0, m.rejectedIndex(), m.hintIndex(), m.hintTerm(), m.round(), 0)
                : null;
    return body == null
        ? null
        : new AppendReplyBytes(
            group, sender.value(), message.term(), body, receiver.value(), storeId, clusterId);
  }

  /// Bytes of the whole frame. A body has less than 128 bytes, so that its length is one.
  int size() {
    return sizeOf(FrameFields.GROUP, group)
        + sizeOf(FrameFields.SENDER, sender)
        + sizeOf(FrameFields.TERM, term)
        + CodedOutputStream.computeTagSize(APPEND_REPLY)
        + 1
        + body.size()
        + sizeOf(FrameFields.RECEIVER, receiver)
        + sizeOfFixed(FrameFields.SENDER_STORE, storeId)
        + sizeOfFixed(FrameFields.CLUSTER, clusterId);
  }

  void writeTo(CodedOutputStream out) throws IOException {
    write(out, FrameFields.GROUP, group);
    write(out, FrameFields.SENDER, sender);
    write(out, FrameFields.TERM, term);
    out.writeTag(APPEND_REPLY, FrameFields.LENGTH_DELIMITED);
    out.writeUInt32NoTag(body.size());
    body.writeTo(out);
    write(out, FrameFields.RECEIVER, receiver);
    writeFixed(out, FrameFields.SENDER_STORE, storeId);
    writeFixed(out, FrameFields.CLUSTER, clusterId);
  }

  /// Reads the body of a frame.
  ///
  /// @return null if it is not as [#writeTo] writes it
  static @Nullable RaftMessage read(FieldReader fields, long term) {
    long accepted = fields.number(ACCEPTED);
    long matchIndex = fields.number(MATCH_INDEX);
    long rejectedIndex = fields.number(REJECTED_INDEX);
    long hintIndex = fields.number(HINT_INDEX);
    long hintTerm = fields.number(HINT_TERM);
    long round = fields.number(ROUND);
    long mark = fields.fixed(MARK);
    if (accepted == 1 && rejectedIndex == 0 && hintIndex == 0 && hintTerm == 0) {
      return new RaftMessage.AppendAccepted(term, matchIndex, round, mark);
    }
    return accepted == 0 && matchIndex == 0 && mark == 0
        ? new RaftMessage.AppendRejected(term, rejectedIndex, hintIndex, hintTerm, round)
        : null;
  }
}
