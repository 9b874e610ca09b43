package dev.nucleusdb.raft.message;

import com.google.protobuf.CodedInputStream;
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
    long group, long sender, long term, Body body, long receiver, long storeId) {
  private static final int GROUP = 1;
  private static final int SENDER = 2;
  private static final int TERM = 3;
  private static final int APPEND_REPLY = 9;
  private static final int RECEIVER = 10;
  private static final int SENDER_STORE = 16;

  private static final int ACCEPTED = 1;
  private static final int MATCH_INDEX = 2;
  private static final int REJECTED_INDEX = 3;
  private static final int HINT_INDEX = 4;
  private static final int HINT_TERM = 5;
  private static final int ROUND = 6;
  private static final int MARK = 7;

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;

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
          + (mark == 0 ? 0 : CodedOutputStream.computeFixed64Size(MARK, mark));
    }

    void writeTo(CodedOutputStream out) throws IOException {
      write(out, ACCEPTED, accepted);
      write(out, MATCH_INDEX, matchIndex);
      write(out, REJECTED_INDEX, rejectedIndex);
      write(out, HINT_INDEX, hintIndex);
      write(out, HINT_TERM, hintTerm);
      write(out, ROUND, round);
      if (mark != 0) {
        out.writeFixed64(MARK, mark);
      }
    }

    /// Null if it is not as [#writeTo] writes it.
    @Nullable RaftMessage message(long term) {
      if (accepted == 1 && rejectedIndex == 0 && hintIndex == 0 && hintTerm == 0) {
        return new RaftMessage.AppendAccepted(term, matchIndex, round, mark);
      }
      return accepted == 0 && matchIndex == 0 && mark == 0
          ? new RaftMessage.AppendRejected(term, rejectedIndex, hintIndex, hintTerm, round)
          : null;
    }
  }

  /// The bytes of an answer; null if the message is another.
  static @Nullable AppendReplyBytes of(
      NodeId sender, long storeId, NodeId receiver, int group, RaftMessage message) {
    Body body =
        message instanceof RaftMessage.AppendAccepted m
            ? new Body(1, m.matchIndex(), 0, 0, 0, m.round(), m.mark())
            : message instanceof RaftMessage.AppendRejected m
                ? new Body(0, 0, m.rejectedIndex(), m.hintIndex(), m.hintTerm(), m.round(), 0)
                : null;
    return body == null
        ? null
        : new AppendReplyBytes(
            group, sender.value(), message.term(), body, receiver.value(), storeId);
  }

  /// Bytes of the whole frame. A body has less than 128 bytes, so that its length is one.
  int size() {
    return sizeOf(GROUP, group)
        + sizeOf(SENDER, sender)
        + sizeOf(TERM, term)
        + CodedOutputStream.computeTagSize(APPEND_REPLY)
        + 1
        + body.size()
        + sizeOf(RECEIVER, receiver)
        + (storeId == 0 ? 0 : CodedOutputStream.computeFixed64Size(SENDER_STORE, storeId));
  }

  void writeTo(CodedOutputStream out) throws IOException {
    write(out, GROUP, group);
    write(out, SENDER, sender);
    write(out, TERM, term);
    out.writeTag(APPEND_REPLY, LENGTH_DELIMITED);
    out.writeUInt32NoTag(body.size());
    body.writeTo(out);
    write(out, RECEIVER, receiver);
    if (storeId != 0) {
      out.writeFixed64(SENDER_STORE, storeId);
    }
  }

  /// Zero is not written.
  private static int sizeOf(int field, long value) {
    return value == 0 ? 0 : CodedOutputStream.computeUInt64Size(field, value);
  }

  private static void write(CodedOutputStream out, int field, long value) throws IOException {
    if (value != 0) {
      out.writeUInt64(field, value);
    }
  }

  /// Reads a frame.
  ///
  /// @return null if it is another message, or one that only protobuf's classes can judge
  static RaftCodec.@Nullable Received read(byte[] bytes, int offset) {
    try {
      return new Reader(CodedInputStream.newInstance(bytes, offset, bytes.length - offset)).frame();
    } catch (IOException _) {
      return null;
    }
  }

  /// Takes the fields one after the other; each is there in its place, or it is zero.
  private static final class Reader {
    private final CodedInputStream in;
    private int tag;

    Reader(CodedInputStream in) throws IOException {
      this.in = in;
      this.tag = in.readTag();
    }

    RaftCodec.@Nullable Received frame() throws IOException {
      long group = number(GROUP);
      long sender = number(SENDER);
      long term = number(TERM);
      if (tag != (APPEND_REPLY << 3 | LENGTH_DELIMITED)) {
        return null;
      }
      int outer = in.pushLimit(in.readUInt32());
      tag = in.readTag();
      RaftMessage message =
          new Body(
                  number(ACCEPTED),
                  number(MATCH_INDEX),
                  number(REJECTED_INDEX),
                  number(HINT_INDEX),
                  number(HINT_TERM),
                  number(ROUND),
                  fixed(MARK))
              .message(term);
      if (message == null || tag != 0) {
        return null;
      }
      in.popLimit(outer);
      tag = in.readTag();
      long receiver = number(RECEIVER);
      long storeId = fixed(SENDER_STORE);
      boolean plain =
          tag == 0 && isId(sender) && isId(receiver) && group >= 0 && group <= Integer.MAX_VALUE;
      return plain
          ? new RaftCodec.Received(
              new NodeId((int) sender), storeId, new NodeId((int) receiver), (int) group, message)
          : null;
    }

    private static boolean isId(long number) {
      return number > 0 && number <= Integer.MAX_VALUE;
    }

    private long fixed(int field) throws IOException {
      if (tag != (field << 3 | FIXED_64)) {
        return 0;
      }
      long value = in.readFixed64();
      tag = in.readTag();
      return value;
    }

    private long number(int field) throws IOException {
      if (tag != (field << 3 | VARINT)) {
        return 0;
      }
      long value = in.readUInt64();
      tag = in.readTag();
      return value;
    }
  }
}
