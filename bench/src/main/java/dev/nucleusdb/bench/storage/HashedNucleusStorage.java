package dev.nucleusdb.bench.storage;

import dev.nucleusdb.bench.store.OpenStore;
import dev.nucleusdb.bench.store.StorageSystem;
import dev.nucleusdb.bench.store.StorePlace;
import dev.nucleusdb.bitcask.IndexKind;

/// Our engine as a library, with the index that keeps fingerprints of keys.
public final class HashedNucleusStorage implements StorageSystem {
  private final NucleusStorage storage = new NucleusStorage(IndexKind.HASH);

  @Override
  public OpenStore open(StorePlace place) {
    return storage.open(place);
  }
}
