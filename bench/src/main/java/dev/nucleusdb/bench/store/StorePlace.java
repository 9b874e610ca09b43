package dev.nucleusdb.bench.store;

import java.nio.file.Path;

/// Where a store lies, and what is asked of it.
///
/// @param folder exists, and is this store's alone
/// @param synced whether each put is durable when it returns; otherwise the store is as lazy as it
///   can be told to be
/// @param dataBytes about how many bytes of keys and values there will be
public record StorePlace(Path folder, boolean synced, long dataBytes) {}
