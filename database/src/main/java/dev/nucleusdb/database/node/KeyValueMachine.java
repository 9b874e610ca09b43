package dev.nucleusdb.database.node;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.consensus.SnapshotReader;
import dev.nucleusdb.core.consensus.SnapshotWriter;
import dev.nucleusdb.core.consensus.StateMachine;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.database.api.Limits;
import dev.nucleusdb.database.api.Operation;
import dev.nucleusdb.database.api.Reply;
import dev.nucleusdb.database.gateway.Answer;
import dev.nucleusdb.database.gateway.Command;
import dev.nucleusdb.database.gateway.CommandCodec;
import dev.nucleusdb.database.gateway.CommandCodec.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The replicated state: a map of keys to values, and the sessions that make every operation take
/// effect at most once. Each command is one batch to the engine: its effect, its session's record
/// and its log index together.
final class KeyValueMachine implements StateMachine {
  private final StorageEngine engine;
  private final int sessionsMax;
  private final ExecutionRule rule;
  private final Trace trace;
  private Sessions sessions;

  KeyValueMachine(StorageEngine engine, int sessionsMax, ExecutionRule rule, Trace trace) {
    this.engine = engine;
    this.sessionsMax = sessionsMax;
    this.sessions = new Sessions(sessionsMax, engine);
    this.rule = rule;
    this.trace = trace;
  }

  @Override
  public long appliedIndex() {
    return engine.appliedIndex();
  }

  /// Answers with an [Answer.Body].
  @Override
  public Object apply(long index, byte[] bytes, int offset, int size) {
    WriteBatch batch = new WriteBatch();
    Object answer =
        size == 0
            ? new Answer.Done(new Reply.Done())
            : execute(index, CommandCodec.decode(bytes, offset, size), batch);
    engine.write(batch, index);
    return answer;
  }

  @Override
  public SnapshotReader snapshot() {
    return new StateReader(engine.snapshot());
  }

  @Override
  public SnapshotWriter receive() {
    return new StateWriter(engine.replace(), () -> sessions = new Sessions(sessionsMax, engine));
  }

  @Override
  public byte @Nullable [] snapshotMark() {
    return engine.get(KeySpace.MARK);
  }

  private Answer.Body execute(long index, Command command, WriteBatch batch) {
    return switch (command) {
      case Command.OpenSession _ -> {
        sessions.put(index, new Session(0, index, null), batch);
        yield new Answer.SessionOpened(index);
      }
      case Command.Execute execute -> executeOnce(index, execute, batch);
    };
  }

  private Answer.Body executeOnce(long index, Command.Execute command, WriteBatch batch) {
    Session session = sessions.find(command.session());
    if (session == null || !rule.isOpen(command.session())) {
      return new Answer.Refused(
          Answer.Kind.SESSION_EXPIRED, "session " + command.session() + " is not open");
    }
    if (!rule.isNew(command.sequence(), session.lastSequence())) {
      trace.event(DatabaseTrace.REPEATED, index, command.session(), command.sequence());
      sometimes("the database meets an operation that it has executed", true);
      return repeated(command.sequence(), session);
    }
    Reply reply = write(command.operation(), batch);
    sessions.put(command.session(), new Session(command.sequence(), index, reply), batch);
    trace.event(DatabaseTrace.EXECUTED, index, command.session(), command.sequence());
    return new Answer.Done(reply);
  }

  private static Answer.Body repeated(long sequence, Session session) {
    Reply reply = session.lastReply();
    return sequence == session.lastSequence() && reply != null
        ? new Answer.Done(reply)
        : new Answer.Refused(Answer.Kind.UNKNOWN, "the session has moved on");
  }

  private Reply write(Operation operation, WriteBatch batch) {
    return switch (operation) {
      case Operation.Put put -> {
        set(put.key(), put.value(), batch);
        yield new Reply.Done();
      }
      case Operation.Delete delete -> {
        byte[] key = KeySpace.data(delete.key());
        boolean existed = engine.get(key) != null;
        if (existed) {
          batch.delete(key);
        }
        yield new Reply.Deleted(existed);
      }
      case Operation.CompareAndSet cas -> {
        byte[] actual = engine.get(KeySpace.data(cas.key()));
        boolean swapped = rule.isExpected(cas.expected(), actual);
        if (swapped) {
          set(cas.key(), cas.value(), batch);
        }
        yield new Reply.Swapped(swapped);
      }
      case Operation.Get get -> read(get);
      case Operation.Scan scan -> read(scan);
    };
  }

  private void set(byte[] key, byte[] value, WriteBatch batch) {
    if (rule.isCarriedOut(key)) {
      batch.put(KeySpace.data(key), value);
    }
  }

  /// Reads the state as it is now.
  Reply read(Operation operation) {
    return switch (operation) {
      case Operation.Get get -> new Reply.Value(engine.get(KeySpace.data(get.key())));
      case Operation.Scan scan -> scan(scan);
      case Operation.Put _, Operation.Delete _, Operation.CompareAndSet _ ->
          throw new IllegalArgumentException("a write cannot be served as a read");
    };
  }

  private Reply scan(Operation.Scan scan) {
    byte[] from = KeySpace.data(scan.prefix());
    byte @Nullable [] to = Bytes.prefixEnd(from);
    List<Reply.Pair> pairs = new ArrayList<>();
    long[] bytes = {0};
    boolean[] more = {false};
    engine.scan(
        from,
        to,
        (key, value) -> {
          bytes[0] += key.length + value.length;
          boolean full =
              pairs.size() == scan.limit()
                  || (!pairs.isEmpty() && bytes[0] > Limits.SCAN_BYTES_MAX);
          more[0] = full;
          if (!full) {
            pairs.add(new Reply.Pair(KeySpace.userKey(key), value));
          }
          return !full;
        });
    return new Reply.Found(pairs, more[0]);
  }
}
