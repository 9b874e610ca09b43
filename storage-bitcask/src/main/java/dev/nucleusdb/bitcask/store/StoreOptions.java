package dev.nucleusdb.bitcask.store;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.bitcask.cipher.StoreKey;
import dev.nucleusdb.bitcask.compression.Compression;
import java.time.Duration;

/// The bounds of one embedded store.
///
/// @param engine the bounds of its engine
/// @param durability when a write returns; default `GROUP`
/// @param syncInterval how often unsynced writes are made durable under `INTERVAL`; default 1 s, at
///   least 1 ms
/// @param mergeBytesPerSecond what merging may read in a second; default 64 MiB, at least 64 KiB
public record StoreOptions(
    BitcaskOptions engine, Durability durability, Duration syncInterval, long mergeBytesPerSecond) {

  /// What fits most.
  public static final StoreOptions DEFAULT =
      new StoreOptions(BitcaskOptions.DEFAULT, Durability.GROUP, Duration.ofSeconds(1), 64L << 20);

  /// @throws IllegalArgumentException if a bound is outside what its description allows
  public StoreOptions {
    require(
        syncInterval.compareTo(Duration.ofMillis(1)) >= 0,
        "syncInterval is at least 1 ms, not %s",
        syncInterval);
    require(
        mergeBytesPerSecond >= 1 << 16,
        "mergeBytesPerSecond is at least 65536, not %d",
        mergeBytesPerSecond);
  }

  /// The same, encrypted: for a store that is new, or was made with this key.
  public StoreOptions withKey(StoreKey key) {
    return withEngine(engine.withKey(key));
  }

  /// The same with another compression.
  public StoreOptions withCompression(Compression compression) {
    return withEngine(engine.withCompression(compression));
  }

  /// The same with another engine.
  public StoreOptions withEngine(BitcaskOptions other) {
    return new StoreOptions(other, durability, syncInterval, mergeBytesPerSecond);
  }

  /// The same with another durability.
  public StoreOptions withDurability(Durability other) {
    return new StoreOptions(engine, other, syncInterval, mergeBytesPerSecond);
  }

  /// The same with another interval between syncs.
  public StoreOptions withSyncInterval(Duration other) {
    return new StoreOptions(engine, durability, other, mergeBytesPerSecond);
  }

  /// The same with another budget for merging.
  public StoreOptions withMergeBytesPerSecond(long other) {
    return new StoreOptions(engine, durability, syncInterval, other);
  }
}
