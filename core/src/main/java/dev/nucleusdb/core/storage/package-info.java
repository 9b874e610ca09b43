/// The port of the storage engines: an ordered map of bytes to bytes, written in atomic batches
/// that carry the log index they stand for.
///
/// ```
///   write(batch, logIndex) ──► readable at once ──sync──► durableIndex() moves up
///                 after a crash the engine is as it was after some batch ≥ durableIndex()
/// ```
///
/// Imports `core.disk` for completions. Implementations: `bitcask`. All pass
/// `StorageEngineContract`.
package dev.nucleusdb.core.storage;
