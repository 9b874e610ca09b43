package dev.nucleusdb.core.disk;

import java.nio.ByteBuffer;

/// An open file: bytes are appended, never overwritten. See [Disk] for what a crash may lose.
public interface DiskFile extends AutoCloseable {

  /// The path under which it was opened.
  String path();

  /// Its length in bytes, unsynced bytes included.
  long sizeBytes();

  /// Appends all remaining bytes of `bytes` and returns the offset of the first. The bytes are
  /// visible to reads at once; they are not durable.
  ///
  /// @throws DiskException of kind `NO_SPACE`, `READ_ONLY` or `IO`; part of the bytes may have been
  ///   appended: truncate back to the last good offset before anything else is appended
  long append(ByteBuffer bytes);

  /// Reads bytes from `offset` into `into` until it is full or the file ends.
  ///
  /// @return how many bytes were read; fewer than asked only at the file's end, 0 at or past it
  /// @throws DiskException of kind `IO`
  int read(long offset, ByteBuffer into);

  /// A hint that these bytes will be read soon; does nothing where that is of no use.
  ///
  /// @param sizeBytes at least 1
  default void willRead(long offset, int sizeBytes) {}

  /// Makes room behind the file's end, where it can: bytes that are zero and there already, so that
  /// appends into them change neither the file's length nor its blocks, and their syncs have less
  /// to write. What is reserved is no part of the file while it is open: [#sizeBytes] and [#read]
  /// know nothing of it. [#truncate], to the file's own size too, and [#close] give it back. A
  /// crash does not: whoever opens the file then may find zeros behind its end, up to what was
  /// reserved.
  ///
  /// A hint: without space, or where it is of no use, nothing happens.
  ///
  /// @param bytes from the file's end on; at least 1
  /// @return how many of them are there now; 0 if nothing happened
  default long reserve(long bytes) {
    return 0;
  }

  /// Cuts the file to `sizeBytes`. Durable after the next completed sync.
  ///
  /// @throws IllegalArgumentException if the file is shorter than that
  void truncate(long sizeBytes);

  /// Asks for all bytes appended so far to be made durable. Returns at once; `completion` runs
  /// later on the node's thread. Several syncs of one file complete in the order of the calls.
  void sync(SyncCompletion completion);

  /// Makes all bytes appended so far durable and blocks until they are: for recovery and for
  /// sealing files, never on the path of a request.
  ///
  /// @throws DiskException if it failed: the node must stop
  void syncNow();

  /// Lets the handle go, without a sync. Pending completions no longer run.
  @Override
  void close();

  /// What is told when a sync has ended.
  @FunctionalInterface
  interface SyncCompletion {
    /// @param failure null if everything appended before the call is durable; otherwise what went
    ///   wrong: the outcome is unknown and the node must stop
    void completed(@org.jspecify.annotations.Nullable DiskException failure);
  }
}
