package dev.nucleusdb.core.consensus;

import org.jspecify.annotations.Nullable;

/// A state as it was at one index of the log, read in pieces while commands go on.
public interface SnapshotReader extends AutoCloseable {

  /// The index of the last command whose effect is in it.
  long index();

  /// The next piece: records until `bytesMax` are reached, and at least one.
  ///
  /// @return null after the last piece
  /// @throws dev.nucleusdb.core.disk.CorruptionException if a record is damaged: the snapshot
  ///   cannot be had
  byte @Nullable [] next(int bytesMax);

  /// Lets go of what it holds.
  @Override
  void close();
}
