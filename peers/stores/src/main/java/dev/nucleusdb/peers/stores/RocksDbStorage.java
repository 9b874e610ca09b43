package dev.nucleusdb.peers.stores;

import dev.nucleusdb.bench.store.OpenStore;
import dev.nucleusdb.bench.store.StorageSystem;
import dev.nucleusdb.bench.store.StorePlace;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/// RocksDB with its defaults.
public class RocksDbStorage implements StorageSystem {
  static {
    RocksDB.loadLibrary();
  }

  /// Constructed by name.
  public RocksDbStorage() {}

  /// What it is told beyond its defaults.
  Options options() {
    return new Options().setCreateIfMissing(true);
  }

  @Override
  public OpenStore open(StorePlace place) throws RocksDBException {
    Options options = options();
    RocksDB database = RocksDB.open(options, place.folder().toString());
    return new Open(database, options, new WriteOptions().setSync(place.synced()));
  }

  private record Open(RocksDB database, Options options, WriteOptions writing)
      implements OpenStore {
    @Override
    public byte @Nullable [] get(byte[] key) throws RocksDBException {
      return database.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) throws RocksDBException {
      database.put(writing, key, value);
    }

    @Override
    public long scanKeys() {
      long count = 0;
      try (RocksIterator iterator = database.newIterator()) {
        for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
          count += iterator.key().length > 0 ? 1 : 0;
        }
      }
      return count;
    }

    @Override
    public long scan() {
      long count = 0;
      try (RocksIterator iterator = database.newIterator()) {
        for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
          count += iterator.key().length > 0 && iterator.value().length > 0 ? 1 : 0;
        }
      }
      return count;
    }

    /// Flushes, and waits for the compactions that are under way; asks for none of its own.
    @Override
    public void settle() throws RocksDBException {
      try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
        database.flush(flush);
      }
      while (running("rocksdb.num-running-compactions") || running("rocksdb.compaction-pending")) {
        try {
          Thread.sleep(50);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    private boolean running(String property) throws RocksDBException {
      return database.getLongProperty(property) > 0;
    }

    @Override
    public void close() {
      writing.close();
      database.close();
      options.close();
    }
  }
}
