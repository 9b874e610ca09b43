package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.segment.Segment;

/// A sync of all that was written before it was begun.
///
/// @param segment the file
/// @param bytes its length when the sync was begun
/// @param index what had been applied then
public record PendingSync(Segment segment, long bytes, long index) {

  /// Makes it durable and blocks until it is; on any thread, while the writer goes on.
  ///
  /// @throws dev.nucleusdb.core.disk.DiskException if that failed: what is durable is unknown
  public void force() {
    segment.file().syncNow();
  }
}
