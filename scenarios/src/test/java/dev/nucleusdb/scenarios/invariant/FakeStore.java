package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskFile.SyncCompletion;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A store that holds one key, or cannot be read.
final class FakeStore implements StorageEngine {
  private final long appliedIndex;
  private final @Nullable String value;

  /// @param value null for a store that is damaged
  FakeStore(long appliedIndex, @Nullable String value) {
    this.appliedIndex = appliedIndex;
    this.value = value;
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
    if (value == null) {
      throw new CorruptionException("data", 7, "a bad frame");
    }
    visitor.visit(new byte[] {1}, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public long appliedIndex() {
    return appliedIndex;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    throw onlyScanned();
  }

  @Override
  public void write(WriteBatch batch, long logIndex) {
    throw onlyScanned();
  }

  @Override
  public long durableIndex() {
    return appliedIndex;
  }

  @Override
  public void sync(SyncCompletion completion) {
    throw onlyScanned();
  }

  @Override
  public boolean maintain() {
    return false;
  }

  @Override
  public Snapshot snapshot() {
    throw onlyScanned();
  }

  @Override
  public Replacement replace() {
    throw onlyScanned();
  }

  @Override
  public Statistics statistics() {
    return new Statistics(0, 0, 0, 0);
  }

  @Override
  public void close() {}

  private static AssertionError onlyScanned() {
    return new AssertionError("an invariant scans a store, and does nothing else with it");
  }
}
