package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.core.disk.DiskFile.SyncCompletion;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import org.jspecify.annotations.Nullable;

/// A store that passes everything on; bugs override what they get wrong.
abstract class OtherStore implements StorageEngine {
  private final StorageEngine engine;

  OtherStore(StorageEngine engine) {
    this.engine = engine;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return engine.get(key);
  }

  @Override
  public void write(WriteBatch batch, long logIndex) {
    engine.write(batch, logIndex);
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
    engine.scan(from, to, visitor);
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
    return engine.snapshot();
  }

  @Override
  public Replacement replace() {
    return engine.replace();
  }

  @Override
  public void close() {
    engine.close();
  }

  /// Does not know, after a restart, how far it had come.
  static final class IndexForgotten extends OtherStore {
    private boolean written;

    IndexForgotten(StorageEngine engine) {
      super(engine);
    }

    @Override
    public void write(WriteBatch batch, long logIndex) {
      written = true;
      super.write(batch, logIndex);
    }

    @Override
    public long appliedIndex() {
      return written ? super.appliedIndex() : 0;
    }
  }

  /// Says after a sync that all is durable, and has asked no disk. It must not say so before
  /// anybody asks for a sync: then nobody would ask, no log would ever be dropped, and nothing be
  /// lost.
  static final class DurableTooSoon extends OtherStore {
    private long claimedIndex;

    DurableTooSoon(StorageEngine engine) {
      super(engine);
    }

    @Override
    public long durableIndex() {
      return Math.max(claimedIndex, super.durableIndex());
    }

    @Override
    public void sync(SyncCompletion completion) {
      claimedIndex = appliedIndex();
      completion.completed(null);
    }
  }
}
