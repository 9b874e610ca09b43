/// Stores in turns: ours beside others, each stage in a JVM of its own.
///
/// ```
///   StorageTrials ──► for each round: the floors, then for each StoreContestant:
///     Child: StorageMain fill    puts, gets, scans, mixed
///     Child: StorageMain clean   open after a clean close; memory of the index
///     Child: StorageMain merge   overwrites, what they cost the disk, reads and writes meanwhile
///     Child: StorageMain dirty   overwrites until it is killed
///     Child: StorageMain killed  open after that
///     Child: StorageMain synced  durable puts, 1 and 64 writers, beside the disk's own rate
/// ```
///
/// Imports `bench.store` and `bench.trial`. Begin with `StorageTrials`.
package dev.nucleusdb.bench.storage;
