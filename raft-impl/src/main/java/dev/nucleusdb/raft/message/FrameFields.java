package dev.nucleusdb.raft.message;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.Entry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The fields of a `RaftFrame`, in rising order, as protobuf's own classes write them: for the two
/// messages that are so frequent that they are written and read without the objects between.
final class FrameFields {
  static final int GROUP = 1;
  static final int SENDER = 2;
  static final int TERM = 3;
  static final int RECEIVER = 10;
  static final int SENDER_STORE = 16;
  static final int CLUSTER = 22;

  static final int VARINT = 0;
  static final int FIXED_64 = 1;
  static final int LENGTH_DELIMITED = 2;

  private FrameFields() {}

  /// Bytes of a number; zero is not written.
  static int sizeOf(int field, long value) {
    return value == 0 ? 0 : CodedOutputStream.computeUInt64Size(field, value);
  }

  /// Bytes of a number of eight bytes; zero is not written.
  static int sizeOfFixed(int field, long value) {
    return value == 0 ? 0 : CodedOutputStream.computeFixed64Size(field, value);
  }

  static void write(CodedOutputStream out, int field, long value) throws IOException {
    if (value != 0) {
      out.writeUInt64(field, value);
    }
  }

  static void writeFixed(CodedOutputStream out, int field, long value) throws IOException {
    if (value != 0) {
      out.writeFixed64(field, value);
    }
  }

  /// Reads the body of a frame.
  @FunctionalInterface
  interface Body {
    /// @return null if only protobuf's classes can judge it
    @Nullable RaftMessage read(Reader fields, long term) throws IOException;
  }

  /// Takes the fields one after the other; each is there in its place, or it is zero. Anything else
  /// (fields of a later version, in another order, twice) is left over, and seen at the end.
  static final class Reader {
    private final byte[] bytes;
    private final int offset;
    private final CodedInputStream in;
    private int tag;

    private Reader(byte[] bytes, int offset) throws IOException {
      this.bytes = bytes;
      this.offset = offset;
      this.in = CodedInputStream.newInstance(bytes, offset, bytes.length - offset);
      this.tag = in.readTag();
    }

    /// A frame whose body is a field of its own.
    ///
    /// @return null if it is another message, or one that only protobuf's classes can judge
    static RaftCodec.@Nullable Received frame(byte[] bytes, int offset, int field, Body body) {
      try {
        return new Reader(bytes, offset).frame(field, body);
      } catch (IOException _) {
        return null;
      }
    }

    private RaftCodec.@Nullable Received frame(int field, Body body) throws IOException {
      long group = number(GROUP);
      long sender = number(SENDER);
      long term = number(TERM);
      if (!isAt(field, LENGTH_DELIMITED)) {
        return null;
      }
      int limit = enter();
      RaftMessage message = body.read(this, term);
      if (message == null || !leave(limit)) {
        return null;
      }
      next();
      long receiver = number(RECEIVER);
      long storeId = fixed(SENDER_STORE);
      long clusterId = fixed(CLUSTER);
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
      return in.getBytesUntilLimit();
    }

    /// Goes on to the next field.
    void next() throws IOException {
      tag = in.readTag();
    }

    /// Goes into the message that comes next.
    ///
    /// @return what [#leave] needs
    int enter() throws IOException {
      int limit = in.pushLimit(in.readUInt32());
      next();
      return limit;
    }

    /// Goes out of the message; [#next] goes on behind it.
    ///
    /// @return whether all of it was read
    boolean leave(int limit) {
      in.popLimit(limit);
      return tag == 0;
    }

    long number(int field) throws IOException {
      if (!isAt(field, VARINT)) {
        return 0;
      }
      long value = in.readUInt64();
      next();
      return value;
    }

    long fixed(int field) throws IOException {
      if (!isAt(field, FIXED_64)) {
        return 0;
      }
      long value = in.readFixed64();
      next();
      return value;
    }

    /// An entry whose command is this field, where it stands: nothing is copied.
    Entry entry(int field, long term) throws IOException {
      int size = isAt(field, LENGTH_DELIMITED) ? in.readUInt32() : 0;
      int at = offset + in.getTotalBytesRead();
      if (isAt(field, LENGTH_DELIMITED)) {
        in.skipRawBytes(size);
        next();
      }
      return size == 0 ? Entry.noOp(term) : new Entry(term, Entry.Kind.COMMAND, bytes, at, size);
    }
  }
}
