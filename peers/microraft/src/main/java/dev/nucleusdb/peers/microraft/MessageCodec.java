package dev.nucleusdb.peers.microraft;

import io.microraft.RaftEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.model.message.VoteResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// MicroRaft's messages as bytes. Big-endian.
///
/// ```
///   message := kind:1 sender:4 term:4 body
///   body    := previousTerm:4 previousIndex:8 commitIndex:8 query:8 flow:8 entry*   1, append
///            | lastIndex:8 query:8 flow:8                                           2, appended
///            | expectedIndex:8 query:8 flow:8                                       3, not appended
///            | lastTerm:4 lastIndex:8                                               4, pre-vote; 8, trigger
///            | granted:1                                                            5, 7, votes
///            | lastTerm:4 lastIndex:8 sticky:1                                      6, vote
///   entry   := index:8 term:4 length:4 operation
/// ```
///
/// Snapshots are not sent: no node of a trial falls so far behind.
final class MessageCodec {
  private static final int HEADER_BYTES = 9;
  private static final int ENTRY_BYTES = 16;
  private static final int BODY_BYTES_MAX = 36;

  private final Object group;
  private final RaftModelFactory models = new DefaultRaftModelFactory();

  MessageCodec(Object group) {
    this.group = group;
  }

  RaftModelFactory models() {
    return models;
  }

  /// A message as bytes; null if it is none that is sent here.
  byte @Nullable [] encode(RaftMessage message) {
    if (message instanceof AppendEntriesRequest m) {
      return append(m);
    }
    ByteBuffer to = ByteBuffer.allocate(HEADER_BYTES + BODY_BYTES_MAX);
    if (message instanceof AppendEntriesSuccessResponse m) {
      head(to, 2, m).putLong(m.getLastLogIndex()).putLong(m.getQuerySequenceNumber());
      to.putLong(m.getFlowControlSequenceNumber());
    } else if (message instanceof AppendEntriesFailureResponse m) {
      head(to, 3, m).putLong(m.getExpectedNextIndex()).putLong(m.getQuerySequenceNumber());
      to.putLong(m.getFlowControlSequenceNumber());
    } else if (message instanceof PreVoteRequest m) {
      head(to, 4, m).putInt(m.getLastLogTerm()).putLong(m.getLastLogIndex());
    } else if (message instanceof PreVoteResponse m) {
      head(to, 5, m).put((byte) (m.isGranted() ? 1 : 0));
    } else if (message instanceof VoteRequest m) {
      head(to, 6, m).putInt(m.getLastLogTerm()).putLong(m.getLastLogIndex());
      to.put((byte) (m.isSticky() ? 1 : 0));
    } else if (message instanceof VoteResponse m) {
      head(to, 7, m).put((byte) (m.isGranted() ? 1 : 0));
    } else if (message instanceof TriggerLeaderElectionRequest m) {
      head(to, 8, m).putInt(m.getLastLogTerm()).putLong(m.getLastLogIndex());
    } else {
      System.err.println("not sent: " + message.getClass().getSimpleName());
      return null;
    }
    byte[] bytes = new byte[to.position()];
    to.get(0, bytes);
    return bytes;
  }

  private static ByteBuffer head(ByteBuffer to, int kind, RaftMessage message) {
    return to.put((byte) kind)
        .putInt(Endpoint.indexOf(message.getSender()))
        .putInt(message.getTerm());
  }

  private static byte[] append(AppendEntriesRequest message) {
    int size = HEADER_BYTES + BODY_BYTES_MAX;
    for (LogEntry entry : message.getLogEntries()) {
      size += size(entry);
    }
    ByteBuffer to = head(ByteBuffer.allocate(size), 1, message);
    to.putInt(message.getPreviousLogTerm()).putLong(message.getPreviousLogIndex());
    to.putLong(message.getCommitIndex()).putLong(message.getQuerySequenceNumber());
    to.putLong(message.getFlowControlSequenceNumber());
    for (LogEntry entry : message.getLogEntries()) {
      put(to, entry);
    }
    return to.array();
  }

  /// Writes an entry.
  static void put(ByteBuffer to, LogEntry entry) {
    byte[] operation = (byte[]) entry.getOperation();
    to.putLong(entry.getIndex()).putInt(entry.getTerm()).putInt(operation.length).put(operation);
  }

  /// Bytes that [#put] writes.
  static int size(LogEntry entry) {
    return ENTRY_BYTES + ((byte[]) entry.getOperation()).length;
  }

  /// Reads an entry.
  LogEntry entry(ByteBuffer from) {
    long index = from.getLong();
    int term = from.getInt();
    byte[] operation = new byte[from.getInt()];
    from.get(operation);
    return models
        .createLogEntryBuilder()
        .setIndex(index)
        .setTerm(term)
        .setOperation(operation)
        .build();
  }

  RaftMessage decode(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    int kind = from.get();
    RaftEndpoint sender = new Endpoint(from.getInt());
    int term = from.getInt();
    return switch (kind) {
      case 1 -> append(sender, term, from);
      case 2 ->
          models
              .createAppendEntriesSuccessResponseBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setLastLogIndex(from.getLong())
              .setQuerySequenceNumber(from.getLong())
              .setFlowControlSequenceNumber(from.getLong())
              .build();
      case 3 ->
          models
              .createAppendEntriesFailureResponseBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setExpectedNextIndex(from.getLong())
              .setQuerySequenceNumber(from.getLong())
              .setFlowControlSequenceNumber(from.getLong())
              .build();
      default -> election(kind, sender, term, from);
    };
  }

  private RaftMessage append(RaftEndpoint sender, int term, ByteBuffer from) {
    int previousTerm = from.getInt();
    long previousIndex = from.getLong();
    long commitIndex = from.getLong();
    long query = from.getLong();
    long flow = from.getLong();
    List<LogEntry> entries = new ArrayList<>();
    while (from.hasRemaining()) {
      entries.add(entry(from));
    }
    return models
        .createAppendEntriesRequestBuilder()
        .setGroupId(group)
        .setSender(sender)
        .setTerm(term)
        .setPreviousLogTerm(previousTerm)
        .setPreviousLogIndex(previousIndex)
        .setCommitIndex(commitIndex)
        .setLogEntries(entries)
        .setQuerySequenceNumber(query)
        .setFlowControlSequenceNumber(flow)
        .build();
  }

  private RaftMessage election(int kind, RaftEndpoint sender, int term, ByteBuffer from) {
    return switch (kind) {
      case 4 ->
          models
              .createPreVoteRequestBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setLastLogTerm(from.getInt())
              .setLastLogIndex(from.getLong())
              .build();
      case 5 ->
          models
              .createPreVoteResponseBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setGranted(from.get() == 1)
              .build();
      case 6 ->
          models
              .createVoteRequestBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setLastLogTerm(from.getInt())
              .setLastLogIndex(from.getLong())
              .setSticky(from.get() == 1)
              .build();
      case 7 ->
          models
              .createVoteResponseBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setGranted(from.get() == 1)
              .build();
      case 8 ->
          models
              .createTriggerLeaderElectionRequestBuilder()
              .setGroupId(group)
              .setSender(sender)
              .setTerm(term)
              .setLastLogTerm(from.getInt())
              .setLastLogIndex(from.getLong())
              .build();
      default -> throw new IllegalArgumentException("no message of kind " + kind);
    };
  }
}
