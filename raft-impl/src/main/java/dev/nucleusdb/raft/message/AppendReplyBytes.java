package dev.nucleusdb.raft.message;

import static dev.nucleusdb.raft.message.FrameFields.sizeOf;
import static dev.nucleusdb.raft.message.FrameFields.sizeOfFixed;
import static dev.nucleusdb.raft.message.FrameFields.write;
import static dev.nucleusdb.raft.message.FrameFields.writeFixed;

import dev.nucleusdb.core.node.NodeId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The answer to the message of [AppendRequestBytes], as frequent as that, in the same way: the
/// bytes are those of `raft.proto` as protobuf's own classes write them, without their objects. It
/// reads what it would write, and leaves anything else to protobuf's classes.
final class AppendReplyBytes extends FrameBytes {
  static final int APPEND_REPLY = 9;

  private static final int ACCEPTED = 1;
  private static final int MATCH_INDEX = 2;
  private static final int REJECTED_INDEX = 3;
  private static final int HINT_INDEX = 4;
  private static final int HINT_TERM = 5;
  private static final int ROUND = 6;
  private static final int MARK = 7;

  private final RaftMessage message;

  /// @param message [RaftMessage.AppendAccepted] or [RaftMessage.AppendRejected]
  AppendReplyBytes(
      RaftMessage message,
      NodeId sender,
      long storeId,
      long clusterId,
      NodeId receiver,
      int group) {
    super(
        APPEND_REPLY,
        bodySize(message),
        message.term(),
        sender,
        storeId,
        clusterId,
        receiver,
        group);
    this.message = message;
  }

  private static int bodySize(RaftMessage message) {
    if (message instanceof RaftMessage.AppendAccepted m) {
      return sizeOf(ACCEPTED, 1)
          + sizeOf(MATCH_INDEX, m.matchIndex())
          + sizeOf(ROUND, m.round())
          + sizeOfFixed(MARK, m.mark());
    }
    RaftMessage.AppendRejected m = (RaftMessage.AppendRejected) message;
    return sizeOf(REJECTED_INDEX, m.rejectedIndex())
        + sizeOf(HINT_INDEX, m.hintIndex())
        + sizeOf(HINT_TERM, m.hintTerm())
        + sizeOf(ROUND, m.round());
  }

  @Override
  void writeBody(ByteBuffer into) {
    if (message instanceof RaftMessage.AppendAccepted m) {
      write(into, ACCEPTED, 1);
      write(into, MATCH_INDEX, m.matchIndex());
      write(into, ROUND, m.round());
      writeFixed(into, MARK, m.mark());
    } else {
      RaftMessage.AppendRejected m = (RaftMessage.AppendRejected) message;
      write(into, REJECTED_INDEX, m.rejectedIndex());
      write(into, HINT_INDEX, m.hintIndex());
      write(into, HINT_TERM, m.hintTerm());
      write(into, ROUND, m.round());
    }
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
