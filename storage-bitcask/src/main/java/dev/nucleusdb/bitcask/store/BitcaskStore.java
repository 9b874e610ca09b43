package dev.nucleusdb.bitcask.store;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.BitcaskRules;
import dev.nucleusdb.bitcask.Fold;
import dev.nucleusdb.bitcask.FreeRule;
import dev.nucleusdb.bitcask.PendingSync;
import dev.nucleusdb.bitcask.PinnedValues;
import dev.nucleusdb.bitcask.StoreReport;
import dev.nucleusdb.bitcask.backup.Backup;
import dev.nucleusdb.bitcask.format.StoredEntry;
import dev.nucleusdb.bitcask.large.KeySpace;
import dev.nucleusdb.bitcask.large.LargeValues;
import dev.nucleusdb.bitcask.large.UserView.LargeVisitor;
import dev.nucleusdb.bitcask.large.ValueStream;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.system.FileDisk;
import dev.nucleusdb.core.system.FileDiskOptions;
import dev.nucleusdb.core.trace.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
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
  private static final long ANY_LENGTH = -1;

  private final FileDisk disk;
  private final Bitcask engine;
  private final StoreOptions options;
  private final LargeValues large;
  private final Semaphore uploads = new Semaphore(LargeValues.UPLOADS_MAX);

  /// Held while a slice of upkeep is done; taken before [#writing].
  private final ReentrantLock maintaining = new ReentrantLock();

  private final ReentrantLock writing = new ReentrantLock();
  private final GroupCommit groupCommit = new GroupCommit(this::syncOnce);
  private final ThreadLocal<EntryReader> readers;
  private final Upkeep upkeep;
  private volatile boolean closed;

  private BitcaskStore(FileDisk disk, Bitcask engine, StoreOptions options) {
    this.disk = disk;
    this.engine = engine;
    this.options = options;
    this.large = new LargeValues(engine, this::append, FreeRule.ALWAYS, LargeValues.PART_BYTES);
    this.readers = ThreadLocal.withInitial(engine::newReader);
    this.upkeep = new Upkeep(this, options);
    if (options.engine().spaceBytesMax() == Long.MAX_VALUE) {
      engine.stepAsideBy(this::withoutTheTurn);
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
      BitcaskStore store = over(disk, engine, options);
      store.upkeep.start();
      opened = true;
      return store;
    } finally {
      if (!opened) {
        disk.close();
      }
    }
  }

  /// Large values are looked for at once: if that fails, nothing stays open.
  private static BitcaskStore over(FileDisk disk, Bitcask engine, StoreOptions options) {
    boolean made = false;
    try {
      BitcaskStore store = new BitcaskStore(disk, engine, options);
      made = true;
      return store;
    } finally {
      if (!made) {
        engine.close();
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
      BitcaskStore store = over(disk, engine, options);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        disk.close();
      }
    }
  }

  // --- reading -----------------------------------------------------------------------------------

  /// The value of a key, or null.
  ///
  /// @throws dev.nucleusdb.bitcask.format.LargeValueException if it was written as a stream
  public byte @Nullable [] get(byte[] key) {
    requireOpen();
    return engine.get(KeySpace.ofUser(key), readers.get());
  }

  /// The value of a key as a stream, however long it is, to be closed; null if there is none. It
  /// stays what it is now, whatever becomes of the key. One part of about 480 KiB is in memory at a
  /// time; a part that is damaged is told by [dev.nucleusdb.core.disk.CorruptionException] once it
  /// is its turn.
  public @Nullable ValueStream stream(byte[] key) {
    return locked(() -> {
      requireOpen();
      return large.stream(key, this::release);
    });
  }

  void release(PinnedValues parts) {
    locked(() -> {
      parts.close();
      return true;
    });
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
  ///
  /// @throws dev.nucleusdb.bitcask.format.LargeValueException at a value that was written as a
  ///   stream
  public void fold(StorageEngine.Visitor visitor) {
    fold(visitor, LargeVisitor.REFUSE);
  }

  /// As above, where values may be large.
  ///
  /// @param large is shown their keys; [#stream] reads what they have by then
  public void fold(StorageEngine.Visitor visitor, LargeVisitor large) {
    Fold fold =
        locked(() -> {
          requireOpen();
          return engine.fold();
        });
    try {
      fold.run(
          KeySpace::isHidden,
          (key, value) -> visitor.visit(KeySpace.toUser(key), value),
          (key, sizeBytes) -> large.visit(KeySpace.toUser(key), sizeBytes));
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

  /// What an operator wants to know; of the keys, those of users.
  public StorageEngine.Statistics statistics() {
    return locked(() -> {
      StorageEngine.Statistics all = engine.statistics();
      long keyCount = all.keyCount() - large.hiddenCount();
      return new StorageEngine.Statistics(
          keyCount, all.fileCount(), all.liveBytes(), all.diskBytes());
    });
  }

  // --- writing -----------------------------------------------------------------------------------

  /// Sets a key.
  public void put(byte[] key, byte[] value) {
    put(key, value, WriteBatch.NEVER);
  }

  /// Sets a key for a time, counted from now by this machine's clock; whatever that does, expiry
  /// never goes backwards while the store is open.
  public void put(byte[] key, byte[] value, Duration timeToLive) {
    put(key, value, ForwardClock.now() + timeToLive.toMillis());
  }

  private void put(byte[] key, byte[] value, long expiry) {
    writing.lock();
    try {
      if (large.isUsed()) {
        append(new WriteBatch().put(key, value, expiry));
      } else {
        requireOpen();
        engine.put(KeySpace.ofUser(key), value, expiry, engine.appliedIndex() + 1);
        syncEach();
      }
    } finally {
      writing.unlock();
    }
    finish();
  }

  /// Sets a key to all that a stream holds, of whatever length: written in parts, and there whole
  /// or not at all. Others write meanwhile; the stream is read without holding anybody up. What is
  /// no longer than one part is written as any other value.
  ///
  /// At most [LargeValues#UPLOADS_MAX] are written at one time; who comes then waits.
  ///
  /// @throws IOException if the stream cannot be read: the key is as it was
  /// @throws DiskException as [#write]: the key is as it was
  public void put(byte[] key, InputStream value) throws IOException {
    put(key, value, ANY_LENGTH, WriteBatch.NEVER);
  }

  /// As above, for a stream whose length is known.
  ///
  /// @param sizeBytes so many bytes are read and no more
  /// @throws IOException also if the stream ends before that
  public void put(byte[] key, InputStream value, long sizeBytes) throws IOException {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("a value has no " + sizeBytes + " bytes");
    }
    put(key, value, sizeBytes, WriteBatch.NEVER);
  }

  /// As above, for a time, counted from now.
  public void put(byte[] key, InputStream value, Duration timeToLive) throws IOException {
    put(key, value, ANY_LENGTH, ForwardClock.now() + timeToLive.toMillis());
  }

  private void put(byte[] key, InputStream value, long sizeBytes, long expiry) throws IOException {
    new StreamedPut(this, key, value, sizeBytes, expiry).run();
    syncEach();
    finish();
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
  /// @param expected null if the key should not be there; no value that was written as a stream
  ///   equals any
  /// @param value null to remove the key
  /// @return whether it had, and was set
  public boolean compareAndSet(byte[] key, byte @Nullable [] expected, byte @Nullable [] value) {
    writing.lock();
    try {
      requireOpen();
      if (large.isLarge(key) || !Arrays.equals(expected, engine.get(KeySpace.ofUser(key)))) {
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
    large.write(batch);
    syncEach();
  }

  private void syncEach() {
    if (options.durability() == Durability.EACH) {
      syncOnce();
    }
  }

  private void append(List<StoredEntry> batch, boolean givesBack) {
    engine.writeStored(batch, engine.appliedIndex() + 1, givesBack);
  }

  LargeValues large() {
    return large;
  }

  Semaphore uploads() {
    return uploads;
  }

  /// Does a slice of upkeep, of which others wait for a part alone.
  ///
  /// @return whether there is more to do
  boolean maintain() {
    maintaining.lock();
    try {
      return locked(() -> !closed && (large.maintain() || engine.maintain()));
    } finally {
      maintaining.unlock();
    }
  }

  void upkeepFailed(Throwable failure) {
    locked(() -> {
      engine.stopWrites("the upkeep has failed: " + failure, failure);
      return true;
    });
  }

  private void finish() {
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

  /// Does what others need not wait for while they write. Not with a bound of space: there a write
  /// may merge in its own turn, which nobody may take.
  private void withoutTheTurn(Runnable work) {
    writing.unlock();
    try {
      work.run();
    } finally {
      writing.lock();
    }
  }

  // --- keeping -----------------------------------------------------------------------------------

  /// Merges and writes hints until nothing is left to do, as fast as the disk can.
  public void merge() {
    while (maintain()) {
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
    maintaining.lock();
    writing.lock();
    try {
      engine.close();
    } finally {
      writing.unlock();
      maintaining.unlock();
      disk.close();
    }
  }
}
