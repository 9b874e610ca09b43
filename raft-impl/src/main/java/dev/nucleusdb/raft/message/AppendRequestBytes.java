package dev.nucleusdb.raft.message;

import static dev.nucleusdb.raft.message.FrameFields.sizeOf;
import static dev.nucleusdb.raft.message.FrameFields.sizeOfFixed;
import static dev.nucleusdb.raft.message.FrameFields.write;
import static dev.nucleusdb.raft.message.FrameFields.writeFixed;

import com.google.protobuf.CodedOutputStream;
import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.core.network.Outgoing;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The message that carries the entries, written and read without the objects between: the bytes
/// are those of `raft.proto`, field by field in rising order, as protobuf's own classes write them.
/// With those classes each entry costs two builders, two messages and a second copy of its command.
/// It is written by the network, to where the network wants it.
///
/// The commands that it reads share one array, which is a copy: that of the message is only lent.
///
/// It reads what it would write. Anything else (fields of a later version, in another order, twice)
/// is left to protobuf's classes.
final class AppendRequestBytes implements Outgoing {
  static final int APPEND_REQUEST = 8;
  private static final int COUNT_EXPECTED_MAX = 1024;

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

  private final RaftMessage.AppendRequest message;
  private final int sender;
  private final long storeId;
  private final long clusterId;
  private final int receiver;
  private final int group;
  private final int bodySize;

  AppendRequestBytes(
      RaftMessage.AppendRequest message,
      NodeId sender,
      long storeId,
      long clusterId,
      NodeId receiver,
      int group) {
    this.message = message;
    this.sender = sender.value();
    this.storeId = storeId;
    this.clusterId = clusterId;
    this.receiver = receiver.value();
    this.group = group;
    this.bodySize = bodySize(message);
  }

  @Override
  public int size() {
    return Envelope.HEADER_BYTES
        + sizeOf(FrameFields.GROUP, group)
        + sizeOf(FrameFields.SENDER, sender)
        + sizeOf(FrameFields.TERM, message.term())
        + CodedOutputStream.computeTagSize(APPEND_REQUEST)
        + CodedOutputStream.computeUInt32SizeNoTag(bodySize)
        + bodySize
        + sizeOf(FrameFields.RECEIVER, receiver)
        + sizeOfFixed(FrameFields.SENDER_STORE, storeId)
        + sizeOfFixed(FrameFields.CLUSTER, clusterId);
  }

  private static int bodySize(RaftMessage.AppendRequest message) {
    int size =
        sizeOf(PREVIOUS_INDEX, message.previousIndex())
            + sizeOf(PREVIOUS_TERM, message.previousTerm())
            + sizeOf(COMMIT_INDEX, message.commitIndex())
            + sizeOf(RELEASE_INDEX, message.releaseIndex())
            + sizeOf(ROUND, message.round())
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
    return sizeOfFixed(MARK, standing.mark())
        + sizeOf(CONFIRMED_ROUND, standing.confirmedRound())
        + sizeOf(LEASE_LEFT_NANOS, standing.leaseLeftNanos());
  }

  private static int entrySize(Entry entry) {
    int size = sizeOf(ENTRY_TERM, entry.term());
    if (entry.size() > 0) {
      size +=
          CodedOutputStream.computeTagSize(ENTRY_COMMAND)
              + CodedOutputStream.computeUInt32SizeNoTag(entry.size())
              + entry.size();
    }
    return entry.kind() == Entry.Kind.CONFIGURATION
        ? size + CodedOutputStream.computeBoolSize(ENTRY_CONFIGURATION, true)
        : size;
  }

  @Override
  public void writeTo(ByteBuffer into) {
    int start = Envelope.begin(into, RaftCodec.CHANNEL, RaftCodec.VERSION);
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(into);
      writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a buffer of the right size was too small", e);
    }
    Envelope.seal(into, start);
  }

  private void writeTo(CodedOutputStream out) throws IOException {
    write(out, FrameFields.GROUP, group);
    write(out, FrameFields.SENDER, sender);
    write(out, FrameFields.TERM, message.term());
    out.writeTag(APPEND_REQUEST, FrameFields.LENGTH_DELIMITED);
    out.writeUInt32NoTag(bodySize);
    write(out, PREVIOUS_INDEX, message.previousIndex());
    write(out, PREVIOUS_TERM, message.previousTerm());
    for (Entry entry : message.entries()) {
      out.writeTag(ENTRIES, FrameFields.LENGTH_DELIMITED);
      out.writeUInt32NoTag(entrySize(entry));
      write(out, ENTRY_TERM, entry.term());
      if (entry.size() > 0) {
        out.writeTag(ENTRY_COMMAND, FrameFields.LENGTH_DELIMITED);
        out.writeUInt32NoTag(entry.size());
        out.writeRawBytes(entry.bytes(), entry.offset(), entry.size());
      }
      if (entry.kind() == Entry.Kind.CONFIGURATION) {
        out.writeBool(ENTRY_CONFIGURATION, true);
      }
    }
    write(out, COMMIT_INDEX, message.commitIndex());
    write(out, RELEASE_INDEX, message.releaseIndex());
    write(out, ROUND, message.round());
    writeFixed(out, MARK, message.standing().mark());
    write(out, CONFIRMED_ROUND, message.standing().confirmedRound());
    write(out, LEASE_LEFT_NANOS, message.standing().leaseLeftNanos());
    write(out, FrameFields.RECEIVER, receiver);
    writeFixed(out, FrameFields.SENDER_STORE, storeId);
    writeFixed(out, FrameFields.CLUSTER, clusterId);
  }

  /// Reads the body of a frame.
  ///
  /// @return null if only protobuf's classes can judge it
  static @Nullable RaftMessage read(FieldReader fields, long term) {
    long previousIndex = fields.number(PREVIOUS_INDEX);
    long previousTerm = fields.number(PREVIOUS_TERM);
    List<Entry> entries = List.of();
    while (fields.isAt(ENTRIES, FrameFields.LENGTH_DELIMITED)) {
      int bytesLeft = fields.bytesLeft();
      Entry entry = entry(fields);
      if (entry == null) {
        return null;
      }
      if (entries.isEmpty()) {
        entries = new ArrayList<>(countLike(bytesLeft, bytesLeft - fields.bytesLeft()));
      }
      entries.add(entry);
      fields.next();
    }
    long commitIndex = fields.number(COMMIT_INDEX);
    long releaseIndex = fields.number(RELEASE_INDEX);
    long round = fields.number(ROUND);
    RaftMessage.Standing standing = standing(fields);
    return new RaftMessage.AppendRequest(
        term, previousIndex, previousTerm, entries, commitIndex, releaseIndex, round, standing);
  }

  /// How many entries there are if all are as long as the first; more or fewer may come.
  private static int countLike(int bytes, int firstBytes) {
    return Math.min(COUNT_EXPECTED_MAX, 1 + bytes / firstBytes);
  }

  private static RaftMessage.Standing standing(FieldReader fields) {
    long mark = fields.fixed(MARK);
    long confirmedRound = fields.number(CONFIRMED_ROUND);
    long leaseLeftNanos = fields.number(LEASE_LEFT_NANOS);
    return mark == 0 && confirmedRound == 0 && leaseLeftNanos == 0
        ? RaftMessage.Standing.NONE
        : new RaftMessage.Standing(mark, confirmedRound, leaseLeftNanos);
  }

  /// Entries for the state machine alone: a configuration has to be judged.
  private static @Nullable Entry entry(FieldReader fields) {
    int requestEnd = fields.enter();
    long term = fields.number(ENTRY_TERM);
    Entry entry = fields.entry(ENTRY_COMMAND, term, requestEnd);
    return fields.leave(requestEnd) ? entry : null;
  }
}
