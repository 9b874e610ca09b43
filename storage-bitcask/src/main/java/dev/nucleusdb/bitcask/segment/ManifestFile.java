package dev.nucleusdb.bitcask.segment;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.format.Manifest;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.trace.Trace;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The manifest, in two copies that are replaced together: new names, syncs, renames, one sync of
/// the folder. A crash may leave one old copy and one new one; then the newer counts, and nothing
/// has been removed or written yet that the older would miss. So one copy may rot at any time.
final class ManifestFile {
  static final String NAME = "manifest";
  static final String TWIN_NAME = "manifest.twin";
  static final String NEW_SUFFIX = ".new";

  private final Disk disk;
  private final String directory;
  private final Trace trace;

  /// Held while files are written and named: a merge may prepare a manifest while somebody rolls.
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Manifest prepared;

  /// The names of the copies may not be durable.
  private boolean unsynced;

  /// Why which manifest counts is unknown.
  private @Nullable DiskException broken;

  ManifestFile(Disk disk, String directory, Trace trace) {
    this.disk = disk;
    this.directory = directory;
    this.trace = trace;
  }

  /// The manifest that follows another.
  ///
  /// @param nextFileId above every id that is given before the one after it
  static Manifest next(
      Manifest last,
      long nextFileId,
      List<Segment> sealed,
      long activeFileId,
      long baseSequence,
      long baseIndex) {
    return new Manifest(
        last.storeId(),
        last.generation() + 1,
        nextFileId,
        activeFileId,
        baseSequence,
        baseIndex,
        last.key(),
        sealed.stream()
            .sorted(Comparator.comparingLong(Segment::fileId))
            .map(Segment::sealed)
            .toList());
  }

  /// Whether a file of this name is one that a crash kept from being installed.
  static boolean isPrepared(String name) {
    return name.equals(NAME + NEW_SUFFIX) || name.equals(TWIN_NAME + NEW_SUFFIX);
  }

  /// The manifest that counts; null if there is none. Where the copies differ, or one is damaged or
  /// missing, both are made equal.
  ///
  /// @param mayRepair whether that may be done now
  /// @throws CorruptionException if no copy is whole
  @Nullable Manifest read(boolean mayRepair) {
    Copy first = copyReadTwice(NAME);
    Copy twin = copyReadTwice(TWIN_NAME);
    Manifest newest = newest(first.manifest, twin.manifest);
    if (newest == null) {
      CorruptionException damage = first.damage != null ? first.damage : twin.damage;
      if (damage != null) {
        throw damage;
      }
      return null;
    }
    if (mayRepair && !(newest.equals(first.manifest) && newest.equals(twin.manifest))) {
      sometimes("bitcask repairs a copy of the manifest", true);
      prepare(newest);
      install();
    }
    return newest;
  }

  private static @Nullable Manifest newest(@Nullable Manifest one, @Nullable Manifest other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.generation() >= other.generation() ? one : other;
  }

  private record Copy(@Nullable Manifest manifest, @Nullable CorruptionException damage) {}

  /// A disk may show wrong bytes once.
  private Copy copyReadTwice(String name) {
    Copy once = copy(name);
    return once.damage == null ? once : copy(name);
  }

  private Copy copy(String name) {
    String path = directory + "/" + name;
    if (!disk.exists(path)) {
      return new Copy(null, null);
    }
    try (DiskFile file = disk.open(path, OpenMode.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.sizeBytes()));
      file.read(0, bytes);
      return new Copy(Manifest.decode(path, bytes.array()), null);
    } catch (CorruptionException damage) {
      return new Copy(null, damage);
    }
  }

  /// Writes the new manifest beside the old one. May fail with `NO_SPACE`, and then nothing has
  /// changed.
  void prepare(Manifest manifest) {
    lock.lock();
    try {
      makeDurable();
      discardPrepared();
      write(NAME, manifest);
      write(TWIN_NAME, manifest);
      prepared = manifest;
      trace.point("bitcask.manifest.synced");
    } catch (DiskException failure) {
      if (failure.kind() == DiskException.Kind.NO_SPACE) {
        discardPrepared();
      }
      throw failure;
    } finally {
      lock.unlock();
    }
  }

  /// Whether a manifest is the one that was prepared last, and follows the one that counts.
  ///
  /// @param last the one that counts: while this one was prepared another may have been installed
  boolean isPrepared(Manifest manifest, Manifest last) {
    lock.lock();
    try {
      return manifest.equals(prepared) && manifest.generation() == last.generation() + 1;
    } finally {
      lock.unlock();
    }
  }

  private void write(String name, Manifest manifest) {
    try (DiskFile file = disk.open(directory + "/" + name + NEW_SUFFIX, OpenMode.CREATE)) {
      file.append(manifest.encode());
      trace.point("bitcask.manifest.written");
      syncNow(file);
    }
  }

  private static void syncNow(DiskFile file) {
    try {
      file.syncNow();
    } catch (DiskException failure) {
      throw new DiskException(
          DiskException.Kind.IO, file.path(), "a sync failed, what is durable is unknown", failure);
    }
  }

  /// Makes the prepared manifest the one that counts.
  ///
  /// @throws DiskException as [#rename] and [#makeDurable]
  void install() {
    rename();
    makeDurable();
  }

  /// As [#install], but a crash may bring the one before back until [#makeDurable] has returned.
  ///
  /// @throws DiskException of kind `NO_SPACE` with nothing changed; of kind `IO` if a copy has its
  ///   name, whatever the disk called it: which one counts is unknown from then on
  void rename() {
    lock.lock();
    try {
      disk.rename(directory + "/" + NAME + NEW_SUFFIX, directory + "/" + NAME);
      trace.point("bitcask.manifest.renamed");
      prepared = null;
      unsynced = true;
      try {
        disk.rename(directory + "/" + TWIN_NAME + NEW_SUFFIX, directory + "/" + TWIN_NAME);
      } catch (DiskException failure) {
        throw failed(failure);
      }
      trace.point("bitcask.manifest.twin-renamed");
    } finally {
      lock.unlock();
    }
  }

  /// Makes the names durable that [#rename] gave, if they are not.
  ///
  /// @throws DiskException of kind `IO` if that fails, now or whenever it was tried: which one
  ///   counts is unknown from then on
  void makeDurable() {
    lock.lock();
    try {
      if (broken != null) {
        throw broken;
      }
      if (unsynced) {
        disk.syncDirectory(directory);
        unsynced = false;
        trace.point("bitcask.manifest.durable");
      }
    } catch (DiskException failure) {
      throw failed(failure);
    } finally {
      lock.unlock();
    }
  }

  /// What is told from now on.
  private DiskException failed(DiskException failure) {
    if (broken == null) {
      broken =
          new DiskException(
              DiskException.Kind.IO, directory, "a manifest may not be durable", failure);
    }
    return broken;
  }

  private void discardPrepared() {
    prepared = null;
    discard(NAME);
    discard(TWIN_NAME);
  }

  private void discard(String name) {
    String path = directory + "/" + name + NEW_SUFFIX;
    if (disk.exists(path)) {
      disk.delete(path);
    }
  }
}
