package dev.nucleusdb.bitcask.store;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.BitcaskRules;
import dev.nucleusdb.bitcask.Fold;
import dev.nucleusdb.bitcask.PendingSync;
import dev.nucleusdb.bitcask.StoreReport;
import dev.nucleusdb.bitcask.backup.Backup;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.system.FileDisk;
import dev.nucleusdb.core.system.FileDiskOptions;
import dev.nucleusdb.core.trace.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A Bitcask as a library: one folder, any number of threads. Writes take turns; reads take no lock
/// and wait for nobody.
///
/// ```java
///   try (BitcaskStore store = BitcaskStore.open(Path.of("data"), StoreOptions.DEFAULT)) {
///     store.put(key, value);                                   // durable when it returns
///     store.put(session, token, Duration.ofHours(1));          // gone in an hour
///     byte[] found = store.get(key);                           // null if there is none
///     store.compareAndSet(key, found, other);                  // true if nobody was faster
///     store.write(new WriteBatch().put(a, b).delete(c));       // both or neither
///     try (StoreView view = store.view()) {                    // the store as it is now
///       view.prefix(prefix, (k, v) -> true);                   // in order, while writes go on
///     }
///   }
/// ```
///
/// Errors: a full disk refuses writes with [DiskException] of kind `NO_SPACE`, reads and deletes go
/// on; after a failed sync nothing more is written, what was not acknowledged may be there or not
/// after the next open; a damaged record is told by [dev.nucleusdb.core.disk.CorruptionException]
/// with file and offset, and other keys are served.
public final class BitcaskStore implements AutoCloseable {
  private static final String DIRECTORY = "store";

  private final FileDisk disk;
  private final Bitcask engine;
  private final StoreOptions options;
  private final ReentrantLock writing = new ReentrantLock();
  private final GroupCommit groupCommit = new GroupCommit(this::syncOnce);
  private final ThreadLocal<EntryReader> readers;
  private final Upkeep upkeep;
  private volatile boolean closed;

  private BitcaskStore(FileDisk disk, Bitcask engine, StoreOptions options) {
    this.disk = disk;
    this.engine = engine;
    this.options = options;
    this.readers = ThreadLocal.withInitial(engine::newReader);
    this.upkeep = new Upkeep(this, options);
    if (options.engine().spaceBytesMax() == Long.MAX_VALUE) {
      engine.syncOutputsBy(this::syncWithoutTheTurn);
    }
  }

  /// Opens a store, or makes one.
  ///
  /// @param folder of this store alone; made if it is not there
  /// @throws DiskException of kind `LOCKED` if another process uses the folder
  /// @throws dev.nucleusdb.bitcask.cipher.WrongKeyException if the store was made with another key,
  ///   or none
  /// @throws dev.nucleusdb.core.disk.CorruptionException if what was durable is damaged or missing
  public static BitcaskStore open(Path folder, StoreOptions options) {
    FileDisk disk = FileDisk.open(folder, FileDiskOptions.DEFAULT);
    boolean opened = false;
    try {
      RandomSource random = new SecretRandom();
      Bitcask engine =
          Bitcask.open(
              disk,
              DIRECTORY,
              options.engine(),
              BitcaskRules.DEFAULT,
              random,
              new ForwardClock(),
              Trace.NONE);
      BitcaskStore store = new BitcaskStore(disk, engine, options);
      store.upkeep.start();
      opened = true;
      return store;
    } finally {
      if (!opened) {
        disk.close();
      }
    }
  }

  /// Opens a store for reading alone and changes nothing: also one that another process writes to,
  /// as it is at this moment.
  ///
  /// @throws DiskException of kind `NOT_FOUND` if there is no store
  /// @throws dev.nucleusdb.core.disk.CorruptionException if what was durable is damaged or missing
  public static BitcaskStore openReadOnly(Path folder, StoreOptions options) {
    FileDisk disk = FileDisk.look(folder);
    boolean opened = false;
    try {
      Bitcask engine =
          Bitcask.openReadOnly(disk, DIRECTORY, options.engine(), new ForwardClock(), Trace.NONE);
      opened = true;
      return new BitcaskStore(disk, engine, options);
    } finally {
      if (!opened) {
        disk.close();
      }
    }
  }

  // --- reading -----------------------------------------------------------------------------------

  /// The value of a key, or null.
  public byte @Nullable [] get(byte[] key) {
    requireOpen();
    return engine.get(key, readers.get());
  }

  /// The store as it is now, for reading while writes go on; to be closed.
  public StoreView view() {
    writing.lock();
    try {
      requireOpen();
      return new StoreView(this, engine.snapshot());
    } finally {
      writing.unlock();
    }
  }

  /// Visits the keys from `from` (included) to `to` (excluded; null means to the end) in order, as
  /// they are now, until the visitor has enough.
  public void scan(byte[] from, byte @Nullable [] to, StorageEngine.Visitor visitor) {
    try (StoreView view = view()) {
      view.scan(from, to, visitor);
    }
  }

  /// As [#scan], for the keys that begin with `prefix`.
  public void prefix(byte[] prefix, StorageEngine.Visitor visitor) {
    scan(prefix, Bytes.prefixEnd(prefix), visitor);
  }

  /// Visits every key and value that is there now, in no order, until the visitor has enough, while
  /// writes go on: what to use with a hash index, which has no order.
  public void fold(StorageEngine.Visitor visitor) {
    Fold fold =
        locked(() -> {
          requireOpen();
          return engine.fold();
        });
    try {
      fold.run(visitor);
    } finally {
      locked(() -> {
        fold.close();
        return true;
      });
    }
  }

  /// All that is known of the store, file by file.
  public StoreReport report() {
    return locked(engine::report);
  }

  /// What an operator wants to know.
  public StorageEngine.Statistics statistics() {
    return locked(engine::statistics);
  }

  // --- writing -----------------------------------------------------------------------------------

  /// Sets a key.
  public void put(byte[] key, byte[] value) {
    write(new WriteBatch().put(key, value));
  }

  /// Sets a key for a time, counted from now by this machine's clock; whatever that does, expiry
  /// never goes backwards while the store is open.
  public void put(byte[] key, byte[] value, Duration timeToLive) {
    write(new WriteBatch().put(key, value, ForwardClock.now() + timeToLive.toMillis()));
  }

  /// Removes a key, whether it is there or not.
  public void delete(byte[] key) {
    write(new WriteBatch().delete(key));
  }

  /// Writes a batch, all of it or nothing.
  ///
  /// @throws DiskException of kind `NO_SPACE` with nothing written; or of another kind, after which
  ///   nothing more can be written and the outcome of this batch is unknown
  public void write(WriteBatch batch) {
    writing.lock();
    try {
      append(batch);
    } finally {
      writing.unlock();
    }
    finish();
  }

  /// Sets a key if it has the value that the caller thinks it has.
  ///
  /// @param expected null if the key should not be there
  /// @param value null to remove the key
  /// @return whether it had, and was set
  public boolean compareAndSet(byte[] key, byte @Nullable [] expected, byte @Nullable [] value) {
    writing.lock();
    try {
      requireOpen();
      if (!Arrays.equals(expected, engine.get(key))) {
        return false;
      }
      WriteBatch batch = new WriteBatch();
      append(value == null ? batch.delete(key) : batch.put(key, value));
    } finally {
      writing.unlock();
    }
    finish();
    return true;
  }

  /// Makes everything written so far durable, whatever the durability of the store.
  public void sync() {
    groupCommit.await();
  }

  private void append(WriteBatch batch) {
    requireOpen();
    engine.write(batch, engine.appliedIndex() + 1);
    if (options.durability() == Durability.EACH) {
      syncOnce();
    }
  }

  private void finish() {
    upkeep.written();
    if (options.durability() == Durability.GROUP) {
      groupCommit.await();
    }
  }

  private void syncOnce() {
    PendingSync sync = locked(engine::beginSync);
    try {
      sync.force();
    } catch (DiskException failure) {
      locked(() -> {
        engine.endSync(sync, failure);
        return true;
      });
      throw failure;
    }
    locked(() -> {
      engine.endSync(sync, null);
      return true;
    });
  }

  /// Makes the output of a merge durable while others write. Not with a bound of space: there a
  /// write may merge in its own turn, which nobody may take.
  private void syncWithoutTheTurn(DiskFile output) {
    writing.unlock();
    try {
      output.syncNow();
    } finally {
      writing.lock();
    }
  }

  // --- keeping -----------------------------------------------------------------------------------

  /// Merges and writes hints until nothing is left to do, as fast as the disk can.
  public void merge() {
    while (locked(engine::maintain)) {
      requireOpen();
    }
  }

  /// Copies the store as it is now into another folder, durably: sealed files by a hard link where
  /// the file system can. A folder that holds an earlier backup of the same store is brought up to
  /// date; files that it has already are not copied again.
  ///
  /// @param target a folder that is empty, missing, or an earlier backup
  public Backup.Result backup(Path target) {
    try (FileDisk other = FileDisk.open(target, FileDiskOptions.DEFAULT)) {
      return locked(() -> Backup.take(engine, disk, other, DIRECTORY));
    }
  }

  Bitcask engine() {
    return engine;
  }

  <T> T locked(java.util.function.Supplier<T> work) {
    writing.lock();
    try {
      return work.get();
    } finally {
      writing.unlock();
    }
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
  }

  /// Makes everything written so far durable, and lets the folder go. Views that are still open can
  /// no longer be read.
  @Override
  public void close() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      writing.unlock();
    }
    upkeep.stop();
    writing.lock();
    try {
      engine.close();
    } finally {
      writing.unlock();
      disk.close();
    }
  }
}
