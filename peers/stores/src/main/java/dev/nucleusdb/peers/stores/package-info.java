/// Other stores on the stand.
///
/// ```
///   RocksDbStorage, TunedRocksDbStorage, LmdbStorage, MapDbStorage, MvStoreStorage ──► OpenStore
/// ```
///
/// Imports `bench.store` and those stores.
@org.jspecify.annotations.NullMarked
package dev.nucleusdb.peers.stores;
