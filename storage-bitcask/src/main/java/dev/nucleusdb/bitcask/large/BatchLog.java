package dev.nucleusdb.bitcask.large;

import dev.nucleusdb.bitcask.format.StoredEntry;
import java.util.List;

/// Where large values write their batches: whoever holds the engine gives each its log index.
@FunctionalInterface
public interface BatchLog {
  /// Writes a batch.
  ///
  /// @param givesBack whether it leads to more room
  /// @throws dev.nucleusdb.core.disk.DiskException if the engine does not take it
  void write(List<StoredEntry> batch, boolean givesBack);
}
