package dev.nucleusdb.peers.stores;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;

/// RocksDB with what most tune first for point reads: a bloom filter and a block cache that holds
/// all of it.
public final class TunedRocksDbStorage extends RocksDbStorage {
  private static final long CACHE_BYTES = 1L << 30;
  private static final int BLOOM_BITS = 10;

  /// Constructed by name.
  public TunedRocksDbStorage() {}

  @Override
  Options options() {
    return super.options()
        .setMaxBackgroundJobs(Runtime.getRuntime().availableProcessors())
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setFilterPolicy(new BloomFilter(BLOOM_BITS))
                .setBlockCache(new LRUCache(CACHE_BYTES)));
  }
}
