package dev.nucleusdb.bitcask.segment;

import static dev.nucleusdb.core.assertion.Assertions.invariant;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;
import static java.util.Objects.requireNonNull;

import dev.nucleusdb.bitcask.cipher.Encryption;
import dev.nucleusdb.bitcask.cipher.FileCipher;
import dev.nucleusdb.bitcask.cipher.Fingerprint;
import dev.nucleusdb.bitcask.cipher.StoreCipher;
import dev.nucleusdb.bitcask.format.FileHeader;
import dev.nucleusdb.bitcask.format.FileNames;
import dev.nucleusdb.bitcask.format.Manifest;
import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The files of one store: those of the manifest, and those that a merge is writing. One of them,
/// the active one, takes writes.
public final class SegmentFolder {
  private static final TraceKind ROLL = TraceKind.of("bitcask.roll", "file", "sequence", "index");

  /// How many ids a manifest sets aside. A file gets one of these alone, and the next open goes on
  /// above all of them: so a file that a crash took before any manifest named it has no namesake,
  /// in which blocks of it could pass for frames.
  private static final int RESERVED_IDS = 64;

  private final Disk disk;
  private final String directory;
  private final Encryption encryption;
  private final Trace trace;
  private final ManifestFile manifestFile;
  private final HintFolder hints;

  /// Open files by id: all of the manifest, and outputs and inputs of a merge that it does not
  /// name.
  private final TreeMap<Long, Segment> segments = new TreeMap<>();

  /// The same, and the retired ones, by number.
  private final SegmentTable table = new SegmentTable();

  /// Files without a name that somebody may still read or wait for.
  private final List<Segment> retired = new ArrayList<>();

  /// How many may point into files that are discarded.
  private int readerCount;

  private Manifest manifest;

  /// Null if the store is not encrypted.
  private @Nullable StoreCipher cipher;

  /// The files of the manifest but for the active one; null after it has changed, until somebody
  /// asks. Merges ask all the time.
  private @Nullable List<Segment> knownSealed;

  /// Invariant: above every id ever given, so that no name is used twice. At most the next file id
  /// of the manifest, from which on no id was ever given.
  private long nextFileId = 1;

  /// @param disk the disk
  /// @param directory the folder of this store alone
  /// @param encryption with the key of the store, if it has one
  /// @param trace where rolls are told
  public SegmentFolder(Disk disk, String directory, Encryption encryption, Trace trace) {
    this.encryption = encryption;
    this.disk = disk;
    this.directory = directory;
    this.trace = trace;
    this.hints = new HintFolder(disk, directory);
    this.manifestFile = new ManifestFile(disk, directory, trace);
    this.manifest = new Manifest(new StoreId(0, 0), 0, 1, 0, 1, 0, Fingerprint.NONE, List.of());
  }

  // --- opening ---------------------------------------------------------------------------------

  /// Opens the files of the manifest; makes a new store if there is none; removes what a crash
  /// left.
  ///
  /// @param random draws the id of a new store, and nonces
  /// @param numbers what a saved index calls the files, by id; others get numbers that are free
  /// @return true if files were left over: data files that the manifest does not name
  /// @throws CorruptionException if a file is missing or another than it should be, or the manifest
  ///   is damaged or missing
  /// @throws dev.nucleusdb.bitcask.cipher.WrongKeyException if its key is another
  public boolean open(RandomSource random, Map<Long, Integer> numbers) {
    RandomSource nonces = random.fork("nonce");
    Manifest found = manifestFile.read(true);
    if (found != null) {
      unlock(found, nonces);
    }
    Leftovers leftovers = Leftovers.remove(disk, directory, found, trace);
    nextFileId = Math.max(nextFileId, leftovers.nextFileId());
    if (found == null) {
      create(StoreId.draw(random), nonces);
      return leftovers.any();
    }
    nextFileId = Math.max(nextFileId, found.nextFileId());
    openFiles(found, OpenMode.APPEND, numbers);
    return leftovers.any();
  }

  /// Opens the files of the manifest for reading alone, and changes nothing.
  ///
  /// @param numbers as in [#open]
  /// @throws DiskException of kind `NOT_FOUND` if there is no store
  /// @throws CorruptionException as [#open]
  public void openReadOnly(Map<Long, Integer> numbers) {
    Manifest found = manifestFile.read(false);
    if (found == null) {
      throw new DiskException(DiskException.Kind.NOT_FOUND, directory, "there is no store here");
    }
    unlock(found, null);
    openFiles(found, OpenMode.READ, numbers);
  }

  private void unlock(Manifest found, @Nullable RandomSource nonces) {
    StoreId id = found.storeId();
    cipher = encryption.of(directory, id.high(), id.low(), found.key(), nonces);
  }

  private void openFiles(Manifest found, OpenMode activeMode, Map<Long, Integer> numbers) {
    manifest = found;
    knownSealed = null;
    table.reserve(numbers);
    found.sealed().forEach(this::openSealed);
    openExisting(found.activeFileId(), activeMode);
  }

  private void openSealed(Manifest.Sealed sealed) {
    Segment segment = openExisting(sealed.fileId(), OpenMode.READ);
    long sizeBytes = segment.file().sizeBytes();
    if (sizeBytes != sealed.sizeBytes()) {
      throw new CorruptionException(
          segment.file().path(),
          Math.min(sizeBytes, sealed.sizeBytes()),
          "the file has " + sizeBytes + " bytes, not " + sealed.sizeBytes());
    }
    segment.madeDurable(sizeBytes);
    segment.sealed(sealed);
  }

  private void create(StoreId storeId, RandomSource nonces) {
    disk.createDirectory(directory);
    for (String folder = directory; !folder.isEmpty(); folder = parent(folder)) {
      disk.syncDirectory(parent(folder));
    }
    trace.point("bitcask.open.folder-made");
    StoreCipher made = encryption.of(storeId.high(), storeId.low(), nonces);
    cipher = made;
    Fingerprint key = made == null ? Fingerprint.NONE : made.fingerprint();
    manifest = new Manifest(storeId, 0, 1, 0, 1, 0, key, List.of());
    Segment first = createSegment();
    disk.syncDirectory(directory);
    trace.point("bitcask.open.first-file-made");
    switchTo(List.of(), next(List.of(), first.fileId(), 1, 0));
  }

  private static String parent(String folder) {
    int slash = folder.lastIndexOf('/');
    return slash < 0 ? "" : folder.substring(0, slash);
  }

  private Segment openExisting(long fileId, OpenMode mode) {
    String path = path(fileId);
    if (!disk.exists(path)) {
      throw new CorruptionException(path, 0, "the manifest names this file, but it is missing");
    }
    return add(disk.open(path, mode), fileId);
  }

  private Segment add(DiskFile file, long fileId) {
    StoreCipher keys = cipher;
    FileCipher own = keys == null ? null : keys.of(fileId);
    int number = table.numberFor(fileId);
    Segment segment = new Segment(file, manifest.storeId(), fileId, number, own, FileHeader.BYTES);
    segments.put(fileId, segment);
    table.add(segment);
    return segment;
  }

  // --- what there is ---------------------------------------------------------------------------

  /// The folder, as a path on the disk.
  public String directory() {
    return directory;
  }

  /// The id of the store.
  public StoreId storeId() {
    return manifest.storeId();
  }

  /// Whether its records are encrypted.
  public boolean isEncrypted() {
    return cipher != null;
  }

  /// Grows by one with every change of the set of files.
  public long generation() {
    return manifest.generation();
  }

  /// The file that takes writes.
  public Segment active() {
    return requireNonNull(segments.get(manifest.activeFileId()));
  }

  /// The file that a place of the index is in.
  public Segment segmentOf(long place) {
    Segment segment = table.at(Place.fileNumber(place));
    invariant(segment != null, "the index points into file number %d, which is not open", place, 0);
    return requireNonNull(segment);
  }

  /// The file that a place is in, or null if it was closed meanwhile. For any thread.
  public @Nullable Segment segmentOrNull(long place) {
    return table.at(Place.fileNumber(place));
  }

  /// The index no longer points at a record.
  ///
  /// @param reader asked for the size of one that is too large for its place to tell
  public void becameDead(long place, EntryReader reader) {
    Segment segment = segmentOf(place);
    int units = Place.sizeUnits(place);
    if (units == Place.SIZE_UNITS_MAX) {
      reader.read(segment, place);
    }
    segment.becameDead(
        units < Place.SIZE_UNITS_MAX ? units * Place.UNIT_BYTES : reader.sizeBytes());
  }

  /// The hints of the sealed files.
  public HintFolder hints() {
    return hints;
  }

  /// All open files, by id.
  public Collection<Segment> all() {
    return segments.values();
  }

  /// The files of the manifest that take no more writes.
  public List<Segment> sealed() {
    List<Segment> known = knownSealed;
    if (known == null) {
      known =
          manifest.sealed().stream()
              .map(one -> requireNonNull(segments.get(one.fileId())))
              .toList();
      knownSealed = known;
    }
    return known;
  }

  /// The names of the sealed files and of the hints that they have.
  public List<String> sealedNames() {
    List<String> names = new ArrayList<>();
    for (Segment segment : sealed()) {
      names.add(FileNames.data(segment.fileId()));
      if (hints.has(segment)) {
        names.add(FileNames.hint(segment.fileId()));
      }
    }
    return names;
  }

  /// The name of the file that takes writes.
  public String activeName() {
    return FileNames.data(manifest.activeFileId());
  }

  /// The names of the copies of the manifest.
  public static List<String> manifestNames() {
    return List.of(ManifestFile.NAME, ManifestFile.TWIN_NAME);
  }

  /// The files of the manifest.
  public List<Segment> inForce() {
    List<Segment> files = new ArrayList<>(sealed());
    files.add(active());
    return files;
  }

  /// Number of the first entry of the active file.
  public long baseSequence() {
    return manifest.baseSequence();
  }

  /// Log index of the last batch before the active file.
  public long baseIndex() {
    return manifest.baseIndex();
  }

  // --- changing the set ------------------------------------------------------------------------

  /// Seals the active file, durable to its end, and starts a new one.
  ///
  /// @param nextSequence number of the first entry of the new file
  /// @param appliedIndex log index of the last batch written
  /// @throws DiskException of kind `NO_SPACE` with nothing changed; or of another kind
  public void roll(long nextSequence, long appliedIndex) {
    Segment old = active();
    long end = old.file().sizeBytes();
    old.seal();
    old.syncNow();
    trace.point("bitcask.roll.sealed");
    Segment next = null;
    try {
      next = createSegment();
      trace.point("bitcask.roll.created");
      disk.syncDirectory(directory);
      trace.point("bitcask.roll.named");
      List<Segment> sealed = new ArrayList<>(sealed());
      sealed.add(old);
      switchTo(sealed, next(sealed, next.fileId(), nextSequence, appliedIndex));
    } catch (DiskException failure) {
      if (failure.kind() == DiskException.Kind.NO_SPACE) {
        if (next != null) {
          discard(next);
        }
        old.unseal(end);
      }
      throw failure;
    }
    trace.event(ROLL, next.fileId(), nextSequence, appliedIndex);
  }

  /// Makes another set of sealed files the one that counts; the active file stays.
  ///
  /// @param sealed is asked again if somebody has rolled meanwhile
  /// @param aside writes and syncs before it returns
  /// @throws DiskException of kind `NO_SPACE` with nothing changed; or of another kind
  public void install(Supplier<List<Segment>> sealed, Consumer<Runnable> aside) {
    List<Segment> wanted = sealed.get();
    Manifest next = next(wanted);
    aside.accept(() -> manifestFile.prepare(next));
    if (manifestFile.isPrepared(next, manifest)) {
      manifestFile.rename();
      inForce(next, wanted);
      aside.accept(manifestFile::makeDurable);
    } else {
      sometimes("bitcask rolls while a merge is put in force", true);
      wanted = sealed.get();
      switchTo(wanted, next(wanted));
    }
  }

  /// A new data file with its head, synced; its name is not durable yet and no manifest names it.
  ///
  /// @throws DiskException of kind `NO_SPACE` with nothing changed; or of another kind
  public Segment createSegment() {
    return createSegment(Runnable::run);
  }

  /// As above; writes and syncs the head `aside`, before it returns.
  public Segment createSegment(Consumer<Runnable> aside) {
    manifestFile.makeDurable(); // or ids that it sets aside may come again
    if (manifest.generation() > 0 && nextFileId >= manifest.nextFileId()) {
      switchTo(sealed(), next(sealed()));
    }
    long fileId = nextFileId++;
    Segment segment = add(disk.open(path(fileId), OpenMode.CREATE), fileId);
    try {
      aside.accept(() -> {
        segment.file().append(FileHeader.encode(manifest.storeId(), fileId, manifest.key()));
        segment.file().syncNow();
      });
    } catch (DiskException failure) {
      if (failure.kind() == DiskException.Kind.NO_SPACE) {
        discard(segment);
      }
      throw failure;
    }
    return segment;
  }

  /// Makes the names in the folder durable.
  public void syncNames() {
    disk.syncDirectory(directory);
  }

  /// Makes other files the only ones that count. All others are discarded.
  ///
  /// @param sealed durable, and their names too
  /// @param active a new file
  /// @param nextSequence number of the first entry of the active file
  /// @param appliedIndex log index that the sealed files stand for
  /// @throws DiskException of kind `NO_SPACE` with nothing changed; or of another kind
  public void replaceAll(
      List<Segment> sealed, Segment active, long nextSequence, long appliedIndex) {
    switchTo(sealed, next(sealed, active.fileId(), nextSequence, appliedIndex));
    for (Segment old : List.copyOf(segments.values())) {
      if (old != active && !sealed.contains(old)) {
        discard(old);
      }
    }
  }

  /// Lets a file go and removes its name. The name may come back in a crash; [#open] removes it
  /// then. Who reads it goes on reading, and a sync under way ends.
  public void discard(Segment segment) {
    discard(segment, Runnable::run);
  }

  /// As above.
  ///
  /// @param aside removes the name before it returns: of a large file that takes long
  public void discard(Segment segment, Consumer<Runnable> aside) {
    segments.remove(segment.fileId());
    retired.add(segment);
    closeRetired();
    try {
      aside.accept(() -> {
        disk.delete(path(segment.fileId()));
        hints.delete(segment);
      });
    } catch (DiskException failure) {
      // Some file systems need space to remove a name. Nothing needs the file: the next open tries.
      if (failure.kind() != DiskException.Kind.NO_SPACE) {
        throw failure;
      }
    }
  }

  /// From now on files that are discarded stay readable.
  public void addReader() {
    readerCount++;
  }

  /// One less reads discarded files.
  public void removeReader() {
    readerCount--;
    closeRetired();
  }

  /// Closes the discarded files that nobody needs: to be called when a sync has ended.
  public void closeRetired() {
    if (retired.isEmpty() || readerCount > 0) {
      return;
    }
    retired.removeIf(segment -> {
      boolean idle = segment.isIdle();
      if (idle) {
        table.remove(segment);
        segment.file().close();
      }
      return idle;
    });
  }

  /// Lets all files go.
  public void close() {
    segments.values().forEach(segment -> segment.file().close());
    retired.forEach(segment -> segment.file().close());
  }

  /// With other sealed files.
  private Manifest next(List<Segment> sealed) {
    return next(sealed, manifest.activeFileId(), manifest.baseSequence(), manifest.baseIndex());
  }

  private Manifest next(List<Segment> sealed, long activeId, long baseSequence, long baseIndex) {
    long idsEnd = nextFileId + RESERVED_IDS;
    return ManifestFile.next(manifest, idsEnd, sealed, activeId, baseSequence, baseIndex);
  }

  private void switchTo(List<Segment> sealed, Manifest next) {
    manifestFile.prepare(next);
    manifestFile.install();
    inForce(next, sealed);
  }

  private void inForce(Manifest next, List<Segment> sealed) {
    manifest = next;
    sealed.forEach(segment -> segment.sealed(segment.sealed()));
    knownSealed = null;
  }

  private String path(long fileId) {
    return directory + "/" + FileNames.data(fileId);
  }
}
