package dev.nucleusdb.scenarios.store;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.FreeRule;
import dev.nucleusdb.bitcask.OrderedSnapshot;
import dev.nucleusdb.bitcask.PinnedValues;
import dev.nucleusdb.bitcask.format.LargeValueException;
import dev.nucleusdb.bitcask.large.BatchLog;
import dev.nucleusdb.bitcask.large.KeySpace;
import dev.nucleusdb.bitcask.large.LargeValues;
import dev.nucleusdb.bitcask.large.UserView;
import dev.nucleusdb.bitcask.large.ValueStream;
import dev.nucleusdb.core.disk.DiskFile.SyncCompletion;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A store with large values, as one whose values are all in memory: so that every check of a store
/// holds it to the same.
final class StreamingStore implements StorageEngine {
  private final Bitcask engine;
  private final LargeValues large;
  private long index;
  private @Nullable BatchLog ledger;

  StreamingStore(Bitcask engine, FreeRule rule, int partBytes) {
    this.engine = engine;
    this.large =
        new LargeValues(
            engine,
            (batch, givesBack) -> {
              BatchLog other = ledger;
              if (other == null) {
                engine.writeStored(batch, index, givesBack);
              } else {
                other.write(batch, givesBack);
              }
            },
            rule,
            partBytes);
  }

  Bitcask engine() {
    return engine;
  }

  /// Does something with large values that writes batches of its own.
  ///
  /// @param log gives them their indexes
  void logged(BatchLog log, Runnable work) {
    ledger = log;
    try {
      work.run();
    } finally {
      ledger = null;
    }
  }

  LargeValues large() {
    return large;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    try {
      return engine.get(KeySpace.ofUser(key));
    } catch (LargeValueException _) {
      ValueStream stream = large.stream(key, PinnedValues::close);
      return stream == null ? null : whole(stream);
    }
  }

  private static byte[] whole(ValueStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(WriteBatch batch, long logIndex) {
    index = logIndex;
    large.write(batch);
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
    try (Snapshot snapshot = snapshot()) {
      snapshot.scan(from, to, visitor);
    }
  }

  @Override
  public long appliedIndex() {
    return engine.appliedIndex();
  }

  @Override
  public long durableIndex() {
    return engine.durableIndex();
  }

  @Override
  public void sync(SyncCompletion completion) {
    engine.sync(completion);
  }

  @Override
  public boolean maintain() {
    return engine.maintain();
  }

  @Override
  public Statistics statistics() {
    return engine.statistics();
  }

  @Override
  public Snapshot snapshot() {
    return new View(engine.snapshot());
  }

  @Override
  public Replacement replace() {
    Replacement replacement = engine.replace();
    return new Replacement() {
      @Override
      public void add(WriteBatch puts) {
        replacement.add(puts);
      }

      @Override
      public void install(long logIndex) {
        replacement.install(logIndex);
        large.load();
      }

      @Override
      public void close() {
        replacement.close();
      }
    };
  }

  @Override
  public void close() {
    engine.close();
  }

  private final class View implements Snapshot {
    private final OrderedSnapshot snapshot;
    private final UserView users;

    View(OrderedSnapshot snapshot) {
      this.snapshot = snapshot;
      this.users = new UserView(snapshot);
    }

    @Override
    public long appliedIndex() {
      return snapshot.appliedIndex();
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
      users.scan(
          from,
          to,
          visitor,
          (key, sizeBytes) -> {
            ValueStream stream = users.stream(key, engine.newReader(), PinnedValues::close);
            return stream != null && visitor.visit(key, whole(stream));
          });
    }

    @Override
    public void close() {
      snapshot.close();
    }
  }
}
