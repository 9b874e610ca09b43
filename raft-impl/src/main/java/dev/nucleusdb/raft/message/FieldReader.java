package dev.nucleusdb.raft.message;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.Entry;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Takes the fields of [FrameFields] one after the other from where a message stands, in rising
/// order; each is there in its place, or it is zero. Anything else (fields of a later version, in
/// another order, twice, or cut off) is left over, and seen at the end.
///
/// The array that it reads is only lent. The commands of a request are copied out of it together,
/// to an array that they share.
///
/// ```
///   lent    [ … head · entry · entry · … · tail ┊ the next message … ]
///   kept             [  command · entry · … · tail ]
/// ```
final class FieldReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] NOTHING = new byte[0];

  /// What stands for the next field if what is there is none.
  private static final int UNREADABLE = -1;

  private final byte[] bytes;
  private int at;

  /// Where the message ends that is being read.
  private int end;

  /// The field that comes next, with its wire type; 0 at the end.
  private int tag;

  /// A copy of what comes from the first command on.
  private byte[] kept = NOTHING;

  private int keptFrom;

  FieldReader(byte[] bytes, int offset, int size) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + size;
    next();
  }

  /// A frame with one of the two bodies.
  ///
  /// @return null if it is another message, or one that only protobuf's classes can judge
  RaftCodec.@Nullable Received frame() {
    long group = number(FrameFields.GROUP);
    long sender = number(FrameFields.SENDER);
    long term = number(FrameFields.TERM);
    boolean request = isAt(AppendRequestBytes.APPEND_REQUEST, FrameFields.LENGTH_DELIMITED);
    if (!request && !isAt(AppendReplyBytes.APPEND_REPLY, FrameFields.LENGTH_DELIMITED)) {
      return null;
    }
    int frameEnd = enter();
    RaftMessage message =
        request ? AppendRequestBytes.read(this, term) : AppendReplyBytes.read(this, term);
    if (message == null || !leave(frameEnd)) {
      return null;
    }
    next();
    long receiver = number(FrameFields.RECEIVER);
    long storeId = fixed(FrameFields.SENDER_STORE);
    long clusterId = fixed(FrameFields.CLUSTER);
    boolean plain =
        tag == 0 && isId(sender) && isId(receiver) && group >= 0 && group <= Integer.MAX_VALUE;
    return plain
        ? new RaftCodec.Received(
            new NodeId((int) sender),
            storeId,
            clusterId,
            new NodeId((int) receiver),
            (int) group,
            message)
        : null;
  }

  private static boolean isId(long number) {
    return number > 0 && number <= Integer.MAX_VALUE;
  }

  /// Whether this field comes next.
  boolean isAt(int field, int wireType) {
    return tag == (field << 3 | wireType);
  }

  /// How many bytes are left of the message that is being read.
  int bytesLeft() {
    return end - at;
  }

  /// Goes on to the next field.
  void next() {
    if (tag == UNREADABLE) {
      return;
    }
    if (at == end) {
      tag = 0;
      return;
    }
    long read = varint();
    tag = read > 0 && read <= Integer.MAX_VALUE && tag != UNREADABLE ? (int) read : UNREADABLE;
  }

  /// Goes into the message that comes next.
  ///
  /// @return what [#leave] needs
  int enter() {
    int outerEnd = end;
    int size = size();
    end = at + size;
    next();
    return outerEnd;
  }

  /// Goes out of the message; [#next] goes on behind it.
  ///
  /// @return whether all of it was read
  boolean leave(int outerEnd) {
    end = outerEnd;
    return tag == 0;
  }

  long number(int field) {
    if (!isAt(field, FrameFields.VARINT)) {
      return 0;
    }
    long value = varint();
    next();
    return value;
  }

  long fixed(int field) {
    if (!isAt(field, FrameFields.FIXED_64)) {
      return 0;
    }
    if (bytesLeft() < Long.BYTES) {
      tag = UNREADABLE;
      return 0;
    }
    long value = (long) LONG.get(bytes, at);
    at += Long.BYTES;
    next();
    return value;
  }

  /// An entry whose command is this field.
  ///
  /// @param keptEnd where to stop, when commands are copied out of the array
  Entry entry(int field, long term, int keptEnd) {
    if (!isAt(field, FrameFields.LENGTH_DELIMITED)) {
      return Entry.noOp(term);
    }
    int size = size();
    int from = at;
    at += size;
    next();
    if (size == 0) {
      return Entry.noOp(term);
    }
    if (kept.length == 0) {
      keptFrom = from;
      kept = Arrays.copyOfRange(bytes, from, keptEnd);
    }
    return new Entry(term, Entry.Kind.COMMAND, kept, from - keptFrom, size);
  }

  /// How long something is that all is there of.
  private int size() {
    long size = varint();
    if (size < 0 || size > bytesLeft()) {
      tag = UNREADABLE;
      return 0;
    }
    return (int) size;
  }

  private long varint() {
    if (at < end && bytes[at] >= 0) {
      return bytes[at++];
    }
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && at < end; shift += 7) {
      byte part = bytes[at++];
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
    tag = UNREADABLE;
    return 0;
  }
}
