package dev.nucleusdb.core.storage;

import dev.nucleusdb.core.disk.DiskFile.SyncCompletion;
import org.jspecify.annotations.Nullable;

/// An ordered map of bytes to bytes on a disk. Keys are ordered as unsigned bytes. Single-threaded:
/// the node's thread makes all calls.
///
/// Contract (`StorageEngineContract`): a batch is written whole or not at all, also across crashes;
/// after a crash the map is as it was after some batch, not before the last whose sync had
/// completed and not after the last written; a value read is the value written, or a
/// [dev.nucleusdb.core.disk.CorruptionException] names the file and offset.
public interface StorageEngine extends AutoCloseable {

  /// The value of a key, or null. The caller must not change the array.
  ///
  /// @throws dev.nucleusdb.core.disk.CorruptionException if the stored record is damaged
  byte @Nullable [] get(byte[] key);

  /// Writes a batch, readable at once, not durable.
  ///
  /// @param logIndex the index in the replicated log that the batch stands for, above
  ///   [#appliedIndex]
  /// @throws dev.nucleusdb.core.disk.DiskException of kind `NO_SPACE`, with nothing written; or of
  ///   another kind, after which the node must stop
  void write(WriteBatch batch, long logIndex);

  /// Visits the keys from `from` (included) to `to` (excluded; null means to the end) in order,
  /// until the visitor has enough. The visitor must not write.
  void scan(byte[] from, byte @Nullable [] to, Visitor visitor);

  /// The log index of the last batch written; 0 if there was none.
  long appliedIndex();

  /// The log index up to which everything is durable.
  long durableIndex();

  /// Asks for everything written so far to be made durable; [#durableIndex] has moved when
  /// `completion` runs.
  void sync(SyncCompletion completion);

  /// Does one bounded slice of housekeeping (merge), if any is due.
  ///
  /// @return true if there is more to do
  boolean maintain();

  /// What an operator wants to know.
  Statistics statistics();

  /// The map as it is now, for reading while writes go on. Files that it needs are kept until it is
  /// closed.
  Snapshot snapshot();

  /// Begins another content, beside the one in force; at most one at a time.
  Replacement replace();

  /// Closes in good order; everything written so far is durable afterwards.
  ///
  /// @throws dev.nucleusdb.core.disk.DiskException if that failed
  @Override
  void close();

  /// The map as it was after one batch.
  interface Snapshot extends AutoCloseable {
    /// The log index of that batch.
    long appliedIndex();

    /// As [StorageEngine#scan].
    void scan(byte[] from, byte @Nullable [] to, Visitor visitor);

    @Override
    void close();
  }

  /// A content that is gathered and then takes the place of all that was there, in one step that a
  /// crash leaves undone or done.
  interface Replacement extends AutoCloseable {
    /// Adds puts of keys that it does not have yet.
    ///
    /// @throws dev.nucleusdb.core.disk.DiskException of kind `NO_SPACE`, and this one is to be
    ///   closed; or of another kind, after which the node must stop
    void add(WriteBatch puts);

    /// Puts it in force, durably; snapshots taken before keep what they had.
    ///
    /// @param logIndex the new [StorageEngine#appliedIndex], above the old one
    void install(long logIndex);

    /// Drops it, unless it was installed.
    @Override
    void close();
  }

  /// Receives keys and values in order.
  @FunctionalInterface
  interface Visitor {
    /// @return true to go on, false if this was enough
    boolean visit(byte[] key, byte[] value);
  }

  /// Figures of an engine.
  ///
  /// @param keyCount live keys
  /// @param fileCount data files
  /// @param liveBytes bytes of live records
  /// @param diskBytes bytes of all data files
  record Statistics(long keyCount, int fileCount, long liveBytes, long diskBytes) {}
}
