/// What a store must offer to be measured. The adapters of others, under `peers/`, know nothing
/// else of the stand.
///
/// ```
///   StorageSystem ──open(StorePlace)──► OpenStore: get, put, scan, settle, close
/// ```
///
/// Imports nothing.
package dev.nucleusdb.bench.store;
