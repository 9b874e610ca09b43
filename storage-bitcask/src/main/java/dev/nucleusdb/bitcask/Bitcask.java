package dev.nucleusdb.bitcask;

import static dev.nucleusdb.core.assertion.Assertions.invariant;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.cipher.Encryption;
import dev.nucleusdb.bitcask.format.Reference;
import dev.nucleusdb.bitcask.format.StoredEntry;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.index.OrderedKeydir;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.bitcask.merge.Merge;
import dev.nucleusdb.bitcask.offheap.ChunkPool;
import dev.nucleusdb.bitcask.recovery.Checkpoint;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile.SyncCompletion;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The engine: one log of batches, one index in memory. Single-threaded; a crash of the process is
/// the same as never calling [#close].
public final class Bitcask implements StorageEngine {
  private static final TraceKind OPEN = TraceKind.of("bitcask.open", "files", "keys", "index");

  private final Disk disk;
  private final BitcaskOptions options;
  private final SegmentFolder folder;
  private final BitcaskRules rules;
  private final Trace trace;
  private final ActiveLog log;
  private final EntryReader reader;
  private final BatchWriter writer;
  private final ChunkPool memory = new ChunkPool();
  private final Hints hints;
  private final Scrub scrub;
  private Consumer<Runnable> aside = Runnable::run;
  private boolean maintaining;
  private boolean hintsAreNext;
  private final LongSupplier nowMillis;
  private final Lookup lookup;
  private Merge merge;

  private Bitcask(
      Disk disk,
      SegmentFolder folder,
      Keydir keydir,
      ActiveLog log,
      LongSupplier nowMillis,
      BitcaskOptions options,
      BitcaskRules rules,
      Trace trace) {
    this.disk = disk;
    this.options = options;
    this.folder = folder;
    this.lookup = new Lookup(folder, keydir, nowMillis);
    this.rules = rules;
    this.trace = trace;
    this.log = log;
    this.nowMillis = nowMillis;
    this.hints =
        new Hints(
            folder, rules.frameCheck(), rules.hint(), memory, options.mergeSliceBytes(), trace);
    this.reader = newReader();
    this.scrub = new Scrub(folder, rules.frameCheck(), options.scrubSliceBytes());
    SpaceBound space =
        new SpaceBound(
            folder, options, () -> merge.promisedBytes(), log::giveRoomBack, this::maintain);
    log.reserveUpTo(space::roomEndMax);
    this.writer = new BatchWriter(folder, lookup, log, space, reader, options);
    this.merge = newMerge();
  }

  private Merge newMerge() {
    return new Merge(
        folder,
        lookup.keydir(),
        options.mergeLimits(),
        rules.frameCheck(),
        rules.tombstone(),
        rules.move(),
        rules.installOrder(),
        rules.hint(),
        memory,
        this::syncAside,
        nowMillis,
        work -> aside.accept(work),
        trace);
  }

  /// Opens a store, or makes one. Everything found is durable when this returns.
  ///
  /// @param disk the disk
  /// @param directory a folder on it for this store alone, such as `store/7`
  /// @param random draws the id of a new store
  /// @throws dev.nucleusdb.core.disk.CorruptionException if what was durable is damaged or missing
  /// @throws dev.nucleusdb.core.disk.DiskException if the disk does not work
  public static Bitcask open(
      Disk disk,
      String directory,
      BitcaskOptions options,
      BitcaskRules rules,
      RandomSource random,
      Trace trace) {
    return open(disk, directory, options, rules, random, () -> Long.MIN_VALUE, trace);
  }

  /// As above, for a store whose records may expire.
  ///
  /// @param nowMillis milliseconds since 1970; never goes back
  public static Bitcask open(
      Disk disk,
      String directory,
      BitcaskOptions options,
      BitcaskRules rules,
      RandomSource random,
      LongSupplier nowMillis,
      Trace trace) {
    Encryption encryption = new Encryption(options.key(), rules.nonce());
    SegmentFolder folder = new SegmentFolder(disk, directory, encryption, trace);
    return opened(
        disk,
        folder,
        numbers ->
            sometimes(
                "bitcask opens after a crash within a merge or a roll",
                folder.open(random, numbers)),
        options,
        rules,
        nowMillis,
        true,
        trace);
  }

  /// Opens a store for reading alone, and changes nothing on the disk: also one that another
  /// process writes to, as it is at this moment. A merge over there may take files away; then it
  /// must be opened anew.
  ///
  /// @throws DiskException of kind `NOT_FOUND` if there is no store
  /// @throws dev.nucleusdb.core.disk.CorruptionException if what was durable is damaged or missing
  public static Bitcask openReadOnly(
      Disk disk, String directory, BitcaskOptions options, LongSupplier nowMillis, Trace trace) {
    Encryption encryption = Encryption.with(options.key());
    SegmentFolder folder = new SegmentFolder(disk, directory, encryption, trace);
    BitcaskRules rules = BitcaskRules.DEFAULT;
    return opened(disk, folder, folder::openReadOnly, options, rules, nowMillis, false, trace);
  }

  private static Bitcask opened(
      Disk disk,
      SegmentFolder folder,
      Consumer<Map<Long, Integer>> openFolder,
      BitcaskOptions options,
      BitcaskRules rules,
      LongSupplier nowMillis,
      boolean writable,
      Trace trace) {
    boolean opened = false;
    try {
      Checkpoint saved = Checkpoint.find(disk, folder.directory());
      openFolder.accept(saved == null ? new TreeMap<>() : saved.numbers());
      Opening opening = new Opening(folder, options.index(), rules, writable, trace);
      opening.run(saved);
      ActiveLog log = new ActiveLog(folder, rules.synced(), trace, opening.recovered());
      if (writable) {
        log.syncNow();
      } else {
        log.refuseWrites();
      }
      trace.point("bitcask.open.recovered");
      Keydir keydir = opening.recovered().keydir();
      trace.event(OPEN, folder.all().size(), keydir.size(), log.appliedIndex());
      opened = true;
      return new Bitcask(disk, folder, keydir, log, nowMillis, options, rules, trace);
    } finally {
      if (!opened) {
        folder.close();
      }
    }
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return get(key, reader);
  }

  /// As [#get(byte\[\])], on any thread while the writer goes on.
  ///
  /// @param own a reader of the calling thread alone
  public byte @Nullable [] get(byte[] key, EntryReader own) {
    return lookup.open(key, own) ? own.presentValue() : null;
  }

  /// A reader for a thread.
  public EntryReader newReader() {
    return new EntryReader(rules.frameCheck(), options.compression());
  }

  @Override
  public void write(WriteBatch batch, long logIndex) {
    writer.write(batch, logIndex);
  }

  /// Sets a key: a batch of that alone, written without the lists that others need.
  ///
  /// @param expiry when it expires, in milliseconds since 1970, or [WriteBatch#NEVER]
  public void put(byte[] key, byte[] value, long expiry, long logIndex) {
    writer.put(key, value, expiry, logIndex);
  }

  /// A batch with its values as they are to be written, in a list of the caller's own.
  public List<StoredEntry> stored(WriteBatch batch) {
    return writer.stored(batch);
  }

  /// As [#write], with values that are written as they are given.
  ///
  /// @param givesBack whether this leads to more room, so that it may use what is kept for deletes
  public void writeStored(List<StoredEntry> entries, long logIndex, boolean givesBack) {
    writer.write(entries, logIndex, givesBack);
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
    if (!(lookup.keydir() instanceof OrderedKeydir keydir)) {
      try (OrderedSnapshot gathered = snapshot()) {
        gathered.scan(from, to, visitor);
      }
      return;
    }
    keydir.scan(
        from,
        to,
        (key, keyBytes, place) -> {
          reader.read(folder.segmentOf(place), place);
          reader.requireKey(key, keyBytes);
          return lookup.isExpired(reader) || visitor.visit(reader.key(), reader.presentValue());
        });
  }

  /// What a key says of its large value, if it has one, expired or not; otherwise null. Reads
  /// nothing where the index tells that by itself.
  ///
  /// @param own a reader of the calling thread alone
  public @Nullable Reference reference(byte[] key, EntryReader own) {
    long place = lookup.keydir().get(key);
    if (place == Place.NONE || !Lookup.mayBeReference(place, key, folder.isEncrypted())) {
      return null;
    }
    lookup.open(key, own);
    return own.reference();
  }

  /// Whether a key is there, expired or not.
  public boolean contains(byte[] key) {
    return lookup.keydir().get(key) != Place.NONE;
  }

  /// Keeps values as they are now. Writer.
  ///
  /// @param keys all of them there
  /// @throws dev.nucleusdb.core.disk.CorruptionException if one is not
  public PinnedValues pin(List<byte[]> keys) {
    Keydir keydir = lookup.keydir();
    return new PinnedValues(folder, newReader(), Lookup.places(folder, keys, keydir::get));
  }

  /// Whether it was not opened for reading alone.
  public boolean takesWrites() {
    return log.takesWrites();
  }

  /// Visits every key and value that is there now, in no order, until the visitor has enough: with
  /// either index without a copy of it, while the writer goes on. To be called by the writer, which
  /// may go on with [Fold#run] on another thread.
  public Fold fold() {
    return new Fold(folder, lookup, newReader());
  }

  @Override
  public long appliedIndex() {
    return log.appliedIndex();
  }

  @Override
  public long durableIndex() {
    return log.durableIndex();
  }

  @Override
  public void sync(SyncCompletion completion) {
    log.sync(completion);
  }

  /// Seals the file that takes writes, if anything was written to it: from then on all that is in
  /// the store stands, durable, in files that never change.
  ///
  /// @throws DiskException of kind `NO_SPACE` with nothing changed; or of another kind
  public SealedFiles seal() {
    log.sealActive();
    return new SealedFiles(
        folder.sealedNames(), folder.activeName(), SegmentFolder.manifestNames());
  }

  /// The names of the files of a store.
  ///
  /// @param sealed data files that take no more writes, and their hints
  /// @param active the file that takes writes
  /// @param manifests the copies of the manifest
  public record SealedFiles(List<String> sealed, String active, List<String> manifests) {}

  /// Begins a sync that the caller makes itself, on whatever thread; to be ended by [#endSync].
  public PendingSync beginSync() {
    return log.beginSync();
  }

  /// Says how [#maintain] does what takes long and what nobody need wait for: it reads sealed
  /// files, writes copies and hints, makes them durable, removes files. Whoever lets others write
  /// meanwhile does it here: the engine may be used while this runs, but for [#replace] and
  /// [#close]; another slice is not begun. The random source that the store was opened with must be
  /// one for many threads, if the store is encrypted.
  public void stepAsideBy(Consumer<Runnable> way) {
    aside = way;
    hints.stepAsideBy(way);
  }

  /// Takes no more writes, as after a failed sync: something is broken that nobody foresaw.
  public void stopWrites(String detail, Throwable failure) {
    log.stop(new DiskException(DiskException.Kind.IO, folder.directory(), detail, failure));
  }

  /// How many keys there are from `from` (included) to `to` (excluded), expired or not; -1 if the
  /// index has no order. Writer.
  public long count(byte[] from, byte[] to) {
    if (!(lookup.keydir() instanceof OrderedKeydir keydir)) {
      return -1;
    }
    long[] count = new long[1];
    keydir.scan(from, to, (key, keyBytes, place) -> ++count[0] > 0);
    return count[0];
  }

  /// Bytes written that no sync has covered.
  public long unsyncedBytes() {
    Segment active = folder.active();
    return active.file().sizeBytes() - active.durableBytes();
  }

  /// Ends a sync.
  ///
  /// @param failure null if [PendingSync#force] returned
  public void endSync(PendingSync sync, @Nullable DiskException failure) {
    log.endSync(sync, failure);
  }

  @Override
  public boolean maintain() {
    if (maintaining) {
      return true;
    }
    maintaining = true;
    try {
      hintsAreNext = !hintsAreNext;
      if (log.takesWrites()
          && (hintsAreNext ? hints.slice() || merge.slice() : merge.slice() || hints.slice())) {
        return true;
      }
      invariant(
          !log.takesWrites() || memory.lentBytes() == 0,
          "a merge or a hint that is done has left memory behind");
      scrub.slice();
      return false;
    } catch (DiskException failure) {
      log.stopUnlessSpaceMayComeBack(failure);
      throw failure;
    } finally {
      maintaining = false;
    }
  }

  /// Bytes that merges have read since the store was opened.
  public long mergeReadBytes() {
    return merge.readBytes();
  }

  @Override
  public OrderedSnapshot snapshot() {
    return new OrderedSnapshot(folder, lookup, newReader(), log.appliedIndex());
  }

  @Override
  public StoreReplacement replace() {
    Keydir next = options.index().make(folder.storeId());
    return new StoreReplacement(
        folder,
        log,
        next,
        options.segmentSizeBytes(),
        options.compression(),
        trace,
        this::replaced);
  }

  private void replaced(Keydir next) {
    lookup.replace(next);
    merge.drop();
    merge = newMerge();
  }

  /// Makes everything written before the call durable.
  private void syncAside() {
    if (!log.takesWrites() || log.isDurable()) {
      return;
    }
    PendingSync sync = log.beginSync();
    try {
      aside.accept(sync::force);
    } catch (DiskException failure) {
      log.endSync(sync, failure);
      throw failure;
    }
    log.endSync(sync, null);
  }

  private void makeDurable() {
    if (log.takesWrites() && !log.isDurable()) {
      log.syncNow();
    }
  }

  @Override
  public Statistics statistics() {
    long liveBytes = 0;
    long diskBytes = 0;
    for (Segment segment : folder.all()) {
      liveBytes += segment.liveBytes();
      diskBytes += segment.file().sizeBytes();
    }
    return new Statistics(lookup.keydir().size(), folder.all().size(), liveBytes, diskBytes);
  }

  /// All that is known of the store.
  public StoreReport report() {
    return StoreReport.of(folder, lookup.keydir(), log, merge.writtenBytes());
  }

  /// The keys of an encrypted store stand nowhere in the clear: its index is made anew from hints.
  private void saveIndex() {
    if (!folder.isEncrypted()) {
      Checkpoint.save(disk, folder, lookup.keydir(), log.nextSequence(), log.appliedIndex());
    }
  }

  @Override
  public void close() {
    try {
      makeDurable();
      if (log.takesWrites() && !log.hasFailed()) {
        merge.settle();
        saveIndex();
      }
    } finally {
      hints.drop();
      merge.drop();
      lookup.keydir().close();
      folder.close();
    }
  }
}
