package dev.nucleusdb.raft.message;

import static dev.nucleusdb.raft.message.FrameFields.sizeOf;
import static dev.nucleusdb.raft.message.FrameFields.sizeOfDelimited;
import static dev.nucleusdb.raft.message.FrameFields.sizeOfFixed;
import static dev.nucleusdb.raft.message.FrameFields.write;
import static dev.nucleusdb.raft.message.FrameFields.writeFixed;
import static dev.nucleusdb.raft.message.FrameFields.writeLength;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.Entry;
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
final class AppendRequestBytes extends FrameBytes {
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

  AppendRequestBytes(
      RaftMessage.AppendRequest message,
      NodeId sender,
      long storeId,
      long clusterId,
      NodeId receiver,
      int group) {
    super(
        APPEND_REQUEST,
        bodySize(message),
        message.term(),
        sender,
        storeId,
        clusterId,
        receiver,
        group);
    this.message = message;
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
      size += sizeOfDelimited(ENTRIES, entrySize(entry));
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
    size += entry.size() > 0 ? sizeOfDelimited(ENTRY_COMMAND, entry.size()) : 0;
    return size + sizeOf(ENTRY_CONFIGURATION, isConfiguration(entry));
  }

  private static int isConfiguration(Entry entry) {
    return entry.kind() == Entry.Kind.CONFIGURATION ? 1 : 0;
  }

  @Override
  void writeBody(ByteBuffer into) {
    write(into, PREVIOUS_INDEX, message.previousIndex());
    write(into, PREVIOUS_TERM, message.previousTerm());
    List<Entry> entries = message.entries();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      writeLength(into, ENTRIES, entrySize(entry));
      write(into, ENTRY_TERM, entry.term());
      if (entry.size() > 0) {
        writeLength(into, ENTRY_COMMAND, entry.size());
        into.put(entry.bytes(), entry.offset(), entry.size());
      }
      write(into, ENTRY_CONFIGURATION, isConfiguration(entry));
    }
    write(into, COMMIT_INDEX, message.commitIndex());
    write(into, RELEASE_INDEX, message.releaseIndex());
    write(into, ROUND, message.round());
    writeFixed(into, MARK, message.standing().mark());
    write(into, CONFIRMED_ROUND, message.standing().confirmedRound());
    write(into, LEASE_LEFT_NANOS, message.standing().leaseLeftNanos());
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
