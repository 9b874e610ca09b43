package dev.nucleusdb.bitcask.segment;

import dev.nucleusdb.bitcask.format.FileHeader;
import dev.nucleusdb.bitcask.format.FileNames;
import dev.nucleusdb.bitcask.format.Manifest;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import org.jspecify.annotations.Nullable;

/// What a crash left in a folder: data files that no manifest names, hints of none, manifests that
/// were not installed.
///
/// @param any whether there were data files
/// @param nextFileId above the id of every data file that was there
record Leftovers(boolean any, long nextFileId) {
  private static final TraceKind LEFTOVER = TraceKind.of("bitcask.leftover", "file");

  /// Removes them.
  ///
  /// @param found the manifest that counts; null if there is none
  /// @throws CorruptionException if a file without a manifest holds records
  static Leftovers remove(Disk disk, String directory, @Nullable Manifest found, Trace trace) {
    boolean any = false;
    boolean changed = false;
    long nextFileId = 1;
    for (String name : disk.list(directory)) {
      long fileId = FileNames.dataFileId(name);
      nextFileId = Math.max(nextFileId, fileId + 1);
      boolean leftover = isOfNone(found, fileId);
      if (leftover) {
        refuseToRemoveData(disk, directory, found, name);
        trace.event(LEFTOVER, fileId, 0, 0);
      }
      boolean remove =
          leftover || ManifestFile.isPrepared(name) || isOfNone(found, FileNames.hintFileId(name));
      if (remove) {
        disk.delete(directory + "/" + name);
      }
      changed |= remove;
      any |= leftover;
    }
    if (changed) {
      trace.point("bitcask.open.leftovers-deleted");
      disk.syncDirectory(directory);
    }
    return new Leftovers(any, nextFileId);
  }

  private static boolean isOfNone(@Nullable Manifest found, long fileId) {
    return fileId > 0 && (found == null || !found.names(fileId));
  }

  /// Without a manifest, a file with records is not what a crash during the first open leaves.
  private static void refuseToRemoveData(
      Disk disk, String directory, @Nullable Manifest found, String name) {
    if (found != null) {
      return;
    }
    try (DiskFile file = disk.open(directory + "/" + name, OpenMode.READ)) {
      if (file.sizeBytes() > FileHeader.BYTES) {
        throw new CorruptionException(
            directory + "/" + ManifestFile.NAME, 0, "missing, but " + name + " holds records");
      }
    }
  }
}
