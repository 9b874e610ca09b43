package dev.nucleusdb.bitcask.backup;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Copies a store to another disk while it is in use. Sealed files never change, so a link is a
/// copy; what takes writes is sealed first, so that all of them are. A second backup into the same
/// place brings only what is new.
///
/// The new manifest is put in force last but for one thing: the file that took writes in an earlier
/// backup keeps its place until then, because a sealed file must not stand, linked, where a
/// manifest still says that it may be cut and written to. A backup that a crash cuts short is
/// completed by the next one; what it is until then is the earlier backup, or refuses to open.
public final class Backup {
  private static final int PIECE_BYTES = 1 << 20;
  private static final String NEW = ".backup";
  private static final String LATE = ".late";

  private final Disk source;
  private final Disk target;
  private final String directory;
  private final List<String> late = new ArrayList<>();
  private int linked;
  private int copied;
  private int kept;

  /// What a backup did.
  ///
  /// @param linkedFiles files that share their bytes with the store
  /// @param copiedFiles files whose bytes were copied
  /// @param keptFiles files that an earlier backup had brought
  public record Result(int linkedFiles, int copiedFiles, int keptFiles) {}

  private Backup(Disk source, Disk target, String directory) {
    this.source = source;
    this.target = target;
    this.directory = directory;
  }

  /// Takes a backup of a store as it is now; durable when this returns.
  ///
  /// @param engine the store, which nobody writes to meanwhile
  /// @param source its disk
  /// @param target another disk; what is in its folder of that name is an earlier backup of the
  ///   same store, or nothing
  /// @param directory the folder of the store, on both
  /// @throws dev.nucleusdb.core.disk.DiskException if one of the disks does not work
  public static Result take(Bitcask engine, Disk source, Disk target, String directory) {
    Backup backup = new Backup(source, target, directory);
    backup.run(engine.seal());
    return new Result(backup.linked, backup.copied, backup.kept);
  }

  private void run(Bitcask.SealedFiles files) {
    target.createDirectory(directory);
    target.syncDirectory("");
    files.sealed().forEach(this::bring);
    replaceByCopy(files.active());
    target.syncDirectory(directory);
    for (String name : files.manifests()) {
      discard(target, path(name + NEW));
      copy(path(name), path(name + NEW));
      target.rename(path(name + NEW), path(name));
    }
    target.syncDirectory(directory);
    for (String name : late) {
      target.rename(path(name + LATE), path(name));
    }
    removeOthers(files);
    target.syncDirectory(directory);
  }

  private void bring(String name) {
    String to = path(name);
    if (target.exists(to)) {
      if (sizeBytes(target, to) == sizeBytes(source, path(name))) {
        kept++;
        return;
      }
      late.add(name);
      to = path(name + LATE);
      discard(target, to);
    }
    if (target.link(source, path(name), to)) {
      linked++;
    } else {
      copy(path(name), to);
    }
  }

  private void replaceByCopy(String name) {
    discard(target, path(name));
    copy(path(name), path(name));
  }

  private static void discard(Disk disk, String path) {
    if (disk.exists(path)) {
      disk.delete(path);
    }
  }

  private static long sizeBytes(Disk disk, String path) {
    try (DiskFile file = disk.open(path, OpenMode.READ)) {
      return file.sizeBytes();
    }
  }

  private void copy(String from, String to) {
    try (DiskFile in = source.open(from, OpenMode.READ);
        DiskFile out = target.open(to, OpenMode.CREATE)) {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, in.sizeBytes() + 1));
      long offset = 0;
      int read = in.read(offset, piece);
      while (read > 0) {
        out.append(piece.flip());
        offset += read;
        read = in.read(offset, piece.clear());
      }
      out.syncNow();
    }
    copied++;
  }

  private void removeOthers(Bitcask.SealedFiles files) {
    for (String name : target.list(directory)) {
      boolean belongs =
          files.sealed().contains(name)
              || files.active().equals(name)
              || files.manifests().contains(name);
      if (!belongs && name.endsWith(".bitcask")) {
        target.delete(path(name));
      }
    }
  }

  private String path(String name) {
    return directory + "/" + name;
  }
}
