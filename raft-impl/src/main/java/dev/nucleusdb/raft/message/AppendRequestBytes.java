package dev.nucleusdb.raft.message;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The message that carries the entries, written and read without the objects between: the bytes
/// are those of `raft.proto`, field by field in rising order, as protobuf's own classes write them.
/// With those classes each entry costs two builders, two messages and a second copy of its command.
///
/// It reads what it would write. Anything else (fields of a later version, in another order, twice)
/// is left to protobuf's classes.
final class AppendRequestBytes {
  private static final int GROUP = 1;
  private static final int SENDER = 2;
  private static final int TERM = 3;
  private static final int APPEND_REQUEST = 8;
  private static final int RECEIVER = 10;
  private static final int SENDER_STORE = 16;

  private static final int PREVIOUS_INDEX = 1;
  private static final int PREVIOUS_TERM = 2;
  private static final int ENTRIES = 3;
  private static final int COMMIT_INDEX = 4;
  private static final int RELEASE_INDEX = 5;
  private static final int ROUND = 6;
  private static final int MARK = 7;
  private static final int CONFIRMED_ROUND = 8;
  private static final int LEASE_LEFT_NANOS = 9;

  private static final int ENTRY_TERM = 1;
  private static final int ENTRY_COMMAND = 2;
  private static final int ENTRY_CONFIGURATION = 3;

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  private final RaftMessage.AppendRequest message;
  private final int sender;
  private final long storeId;
  private final int receiver;
  private final int group;
  private final int bodySize;

  AppendRequestBytes(
      RaftMessage.AppendRequest message, NodeId sender, long storeId, NodeId receiver, int group) {
    this.message = message;
    this.sender = sender.value();
    this.storeId = storeId;
    this.receiver = receiver.value();
    this.group = group;
    this.bodySize = bodySize(message);
  }

  /// Bytes of the whole frame.
  int size() {
    return number(GROUP, group)
        + number(SENDER, sender)
        + number(TERM, message.term())
        + CodedOutputStream.computeTagSize(APPEND_REQUEST)
        + CodedOutputStream.computeUInt32SizeNoTag(bodySize)
        + bodySize
        + number(RECEIVER, receiver)
        + (storeId == 0 ? 0 : CodedOutputStream.computeFixed64Size(SENDER_STORE, storeId));
  }

  private static int bodySize(RaftMessage.AppendRequest message) {
    int size =
        number(PREVIOUS_INDEX, message.previousIndex())
            + number(PREVIOUS_TERM, message.previousTerm())
            + number(COMMIT_INDEX, message.commitIndex())
            + number(RELEASE_INDEX, message.releaseIndex())
            + number(ROUND, message.round())
            + standingSize(message.standing());
    for (Entry entry : message.entries()) {
      int entrySize = entrySize(entry);
      size +=
          CodedOutputStream.computeTagSize(ENTRIES)
              + CodedOutputStream.computeUInt32SizeNoTag(entrySize)
              + entrySize;
    }
    return size;
  }

  private static int standingSize(RaftMessage.Standing standing) {
    return (standing.mark() == 0 ? 0 : CodedOutputStream.computeFixed64Size(MARK, standing.mark()))
        + number(CONFIRMED_ROUND, standing.confirmedRound())
        + number(LEASE_LEFT_NANOS, standing.leaseLeftNanos());
  }

  private static int entrySize(Entry entry) {
    int size = number(ENTRY_TERM, entry.term());
    if (entry.command().length > 0) {
      size += CodedOutputStream.computeByteArraySize(ENTRY_COMMAND, entry.command());
    }
    return entry.kind() == Entry.Kind.CONFIGURATION
        ? size + CodedOutputStream.computeBoolSize(ENTRY_CONFIGURATION, true)
        : size;
  }

  /// Zero is not written.
  private static int number(int field, long value) {
    return value == 0 ? 0 : CodedOutputStream.computeUInt64Size(field, value);
  }

  void writeTo(CodedOutputStream out) throws IOException {
    write(out, GROUP, group);
    write(out, SENDER, sender);
    write(out, TERM, message.term());
    out.writeTag(APPEND_REQUEST, LENGTH_DELIMITED);
    out.writeUInt32NoTag(bodySize);
    write(out, PREVIOUS_INDEX, message.previousIndex());
    write(out, PREVIOUS_TERM, message.previousTerm());
    for (Entry entry : message.entries()) {
      out.writeTag(ENTRIES, LENGTH_DELIMITED);
      out.writeUInt32NoTag(entrySize(entry));
      write(out, ENTRY_TERM, entry.term());
      if (entry.command().length > 0) {
        out.writeByteArray(ENTRY_COMMAND, entry.command());
      }
      if (entry.kind() == Entry.Kind.CONFIGURATION) {
        out.writeBool(ENTRY_CONFIGURATION, true);
      }
    }
    write(out, COMMIT_INDEX, message.commitIndex());
    write(out, RELEASE_INDEX, message.releaseIndex());
    write(out, ROUND, message.round());
    if (message.standing().mark() != 0) {
      out.writeFixed64(MARK, message.standing().mark());
    }
    write(out, CONFIRMED_ROUND, message.standing().confirmedRound());
    write(out, LEASE_LEFT_NANOS, message.standing().leaseLeftNanos());
    write(out, RECEIVER, receiver);
    if (storeId != 0) {
      out.writeFixed64(SENDER_STORE, storeId);
    }
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
      if (tag != tag(APPEND_REQUEST, LENGTH_DELIMITED)) {
        return null;
      }
      int outer = in.pushLimit(in.readUInt32());
      tag = in.readTag();
      RaftMessage.AppendRequest message = body(term);
      if (message == null || tag != 0) {
        return null;
      }
      in.popLimit(outer);
      tag = in.readTag();
      long receiver = number(RECEIVER);
      long storeId = 0;
      if (tag == tag(SENDER_STORE, FIXED_64)) {
        storeId = in.readFixed64();
        tag = in.readTag();
      }
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

    private RaftMessage.@Nullable AppendRequest body(long term) throws IOException {
      long previousIndex = number(PREVIOUS_INDEX);
      long previousTerm = number(PREVIOUS_TERM);
      List<Entry> entries = new ArrayList<>();
      while (tag == tag(ENTRIES, LENGTH_DELIMITED)) {
        Entry entry = entry();
        if (entry == null) {
          return null;
        }
        entries.add(entry);
        tag = in.readTag();
      }
      long commitIndex = number(COMMIT_INDEX);
      long releaseIndex = number(RELEASE_INDEX);
      long round = number(ROUND);
      return new RaftMessage.AppendRequest(
          term, previousIndex, previousTerm, entries, commitIndex, releaseIndex, round, standing());
    }

    private RaftMessage.Standing standing() throws IOException {
      long mark = 0;
      if (tag == tag(MARK, FIXED_64)) {
        mark = in.readFixed64();
        tag = in.readTag();
      }
      long confirmedRound = number(CONFIRMED_ROUND);
      long leaseLeftNanos = number(LEASE_LEFT_NANOS);
      return mark == 0 && confirmedRound == 0 && leaseLeftNanos == 0
          ? RaftMessage.Standing.NONE
          : new RaftMessage.Standing(mark, confirmedRound, leaseLeftNanos);
    }

    /// Entries for the state machine alone: a configuration has to be judged.
    private @Nullable Entry entry() throws IOException {
      int limit = in.pushLimit(in.readUInt32());
      tag = in.readTag();
      long term = number(ENTRY_TERM);
      byte[] command = NOTHING;
      if (tag == tag(ENTRY_COMMAND, LENGTH_DELIMITED)) {
        command = in.readByteArray();
        tag = in.readTag();
      }
      in.popLimit(limit);
      return tag == 0 ? new Entry(term, command) : null;
    }

    private long number(int field) throws IOException {
      if (tag != tag(field, VARINT)) {
        return 0;
      }
      long value = in.readUInt64();
      tag = in.readTag();
      return value;
    }

    private static int tag(int field, int wireType) {
      return field << 3 | wireType;
    }
  }

  private static final byte[] NOTHING = new byte[0];
}
