package dev.nucleusdb.bench.storage;

import dev.nucleusdb.bench.store.OpenStore;
import dev.nucleusdb.bench.store.StorageSystem;
import dev.nucleusdb.bench.store.StorePlace;
import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.IndexKind;
import dev.nucleusdb.bitcask.store.BitcaskStore;
import dev.nucleusdb.bitcask.store.Durability;
import dev.nucleusdb.bitcask.store.StoreOptions;
import dev.nucleusdb.bitcask.store.StoreView;
import dev.nucleusdb.core.system.FileDisk;
import dev.nucleusdb.core.trace.Trace;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Our engine as a library, with its defaults or with another index.
public final class NucleusStorage implements StorageSystem {
  private static final byte[] FIRST = {};

  private final IndexKind index;

  /// With the default index.
  public NucleusStorage() {
    this(IndexKind.ORDERED);
  }

  NucleusStorage(IndexKind index) {
    this.index = index;
  }

  @Override
  public OpenStore open(StorePlace place) {
    StoreOptions defaults = StoreOptions.DEFAULT;
    StoreOptions options =
        defaults
            .withEngine(defaults.engine().withIndex(index))
            .withDurability(place.synced() ? Durability.GROUP : Durability.NONE);
    return new Open(BitcaskStore.open(place.folder(), options), place.folder(), options);
  }

  private record Open(BitcaskStore store, Path folder, StoreOptions options) implements OpenStore {
    @Override
    public byte @Nullable [] get(byte[] key) {
      return store.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
      store.put(key, value);
    }

    @Override
    public boolean isOrdered() {
      return options.engine().index() == IndexKind.ORDERED;
    }

    @Override
    public long scanKeys() {
      long[] count = new long[1];
      try (StoreView view = store.view()) {
        view.keys(FIRST, null, key -> ++count[0] > 0);
      }
      return count[0];
    }

    @Override
    public long scan() {
      long[] count = new long[1];
      store.scan(FIRST, null, (key, value) -> ++count[0] > 0);
      return count[0];
    }

    @Override
    public void settle() {
      store.merge();
    }

    @Override
    public long indexBytes() {
      try (FileDisk disk = FileDisk.look(folder)) {
        Bitcask engine = Bitcask.openReadOnly(disk, "store", options.engine(), () -> 0, Trace.NONE);
        return engine.report().indexBytes();
      }
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
