package dev.nucleusdb.bench.store;

/// A key-value store. Has a public constructor without parameters.
public interface StorageSystem {

  /// Opens the store in a folder, or makes one there.
  ///
  /// @throws Exception if it cannot
  OpenStore open(StorePlace place) throws Exception;
}
