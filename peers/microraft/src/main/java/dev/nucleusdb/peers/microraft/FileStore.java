package dev.nucleusdb.peers.microraft;

import io.microraft.RaftEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.persistence.RaftEndpointPersistentState;
import io.microraft.model.persistence.RaftTermPersistentState;
import io.microraft.persistence.RaftStore;
import io.microraft.persistence.RestoredRaftState;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Terms, votes and entries in one file, synced (`fdatasync`) whenever MicroRaft asks for it: as
/// cheap as a store can be that tells the truth. It has no checksums and drops nothing.
///
/// ```
///   file   := record*
///   record := 1:1 self:4                            who this is
///           | 2:1 term:4 vote:4                     -1 is no vote
///           | 3:1 index:8 term:4 length:4 operation
///           | 4:1 index:8                           entries from there on are gone
/// ```
final class FileStore implements RaftStore {
  private static final int WRITE_BYTES = 1 << 16;

  private final Path file;
  private final RaftModelFactory models;
  private final FileChannel channel;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(WRITE_BYTES);

  FileStore(Path folder, RaftModelFactory models) throws IOException {
    Files.createDirectories(folder);
    this.file = folder.resolve("log");
    this.models = models;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.position(channel.size());
  }

  private ByteBuffer begin(int bytes) {
    if (buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocateDirect(bytes * 2);
    }
    return buffer.clear();
  }

  private void write() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  @Override
  public void persistAndFlushLocalEndpoint(RaftEndpointPersistentState state) throws IOException {
    begin(5).put((byte) 1).putInt(Endpoint.indexOf(state.getLocalEndpoint()));
    write();
    flush();
  }

  @Override
  public void persistAndFlushInitialGroupMembers(RaftGroupMembersView view) {}

  @Override
  public void persistAndFlushTerm(RaftTermPersistentState state) throws IOException {
    RaftEndpoint vote = state.getVotedFor();
    begin(9).put((byte) 2).putInt(state.getTerm());
    buffer.putInt(vote == null ? -1 : Endpoint.indexOf(vote));
    write();
    flush();
  }

  @Override
  public void persistLogEntries(List<LogEntry> entries) throws IOException {
    int bytes = 0;
    for (LogEntry entry : entries) {
      bytes += 1 + MessageCodec.size(entry);
    }
    begin(bytes);
    for (LogEntry entry : entries) {
      MessageCodec.put(buffer.put((byte) 3), entry);
    }
    write();
  }

  @Override
  public void truncateLogEntriesFrom(long index) throws IOException {
    begin(9).put((byte) 4).putLong(index);
    write();
  }

  @Override
  public void truncateLogEntriesUntil(long index) {}

  @Override
  public void persistSnapshotChunk(SnapshotChunk chunk) {}

  @Override
  public void deleteSnapshotChunks(long index, int count) {}

  @Override
  public void flush() throws IOException {
    channel.force(false);
  }

  /// What an earlier run left; null if there is nothing.
  @Nullable RestoredRaftState restored() throws IOException {
    ByteBuffer from = ByteBuffer.wrap(Files.readAllBytes(file));
    if (!from.hasRemaining()) {
      return null;
    }
    Restored found = new Restored();
    int whole = 0;
    try {
      while (from.hasRemaining()) {
        found.read(from);
        whole = from.position();
      }
    } catch (BufferUnderflowException _) {
      // The last record was being written when the process died.
      channel.truncate(whole);
    }
    channel.position(whole);
    List<RaftEndpoint> all = List.of(new Endpoint(0), new Endpoint(1), new Endpoint(2));
    return new RestoredRaftState(
        models
            .createRaftEndpointPersistentStateBuilder()
            .setLocalEndpoint(all.get(found.self))
            .setVoting(true)
            .build(),
        models
            .createRaftGroupMembersViewBuilder()
            .setLogIndex(0)
            .setMembers(all)
            .setVotingMembers(all)
            .build(),
        models
            .createRaftTermPersistentStateBuilder()
            .setTerm(found.term)
            .setVotedFor(found.vote < 0 ? null : all.get(found.vote))
            .build(),
        null,
        found.entries);
  }

  /// What the records say so far.
  private static final class Restored {
    private final MessageCodec codec = new MessageCodec("");
    private final List<LogEntry> entries = new ArrayList<>();
    private int self;
    private int term;
    private int vote = -1;

    void read(ByteBuffer from) {
      switch (from.get()) {
        case 1 -> self = from.getInt();
        case 2 -> {
          term = from.getInt();
          vote = from.getInt();
        }
        case 3 -> {
          LogEntry entry = codec.entry(from);
          cut(entry.getIndex());
          entries.add(entry);
        }
        default -> cut(from.getLong());
      }
    }

    private void cut(long index) {
      while (!entries.isEmpty() && entries.getLast().getIndex() >= index) {
        entries.removeLast();
      }
    }
  }
}
