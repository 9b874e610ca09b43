package dev.nucleusdb.bitcask.segment;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.trace.Trace;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Replaces the manifest in one step: new name, sync, rename, sync of the folder. A crash leaves
/// the old one or the new one.
final class ManifestFile {
  static final String NAME = "manifest";
  static final String NEW_NAME = "manifest.new";

  private final Disk disk;
  private final String directory;
  private final Trace trace;

  ManifestFile(Disk disk, String directory, Trace trace) {
    this.disk = disk;
    this.directory = directory;
    this.trace = trace;
  }

  @Nullable Manifest read() {
    String path = directory + "/" + NAME;
    if (!disk.exists(path)) {
      return null;
    }
    try (DiskFile file = disk.open(path, OpenMode.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.sizeBytes()));
      file.read(0, bytes);
      return Manifest.decode(path, bytes.array());
    }
  }

  /// Writes the new manifest beside the old one. May fail with `NO_SPACE`, and then nothing has
  /// changed.
  void prepare(Manifest manifest) {
    discardPrepared();
    try (DiskFile file = disk.open(directory + "/" + NEW_NAME, OpenMode.CREATE)) {
      file.append(manifest.encode());
      trace.point("bitcask.manifest.written");
      file.syncNow();
    }
    trace.point("bitcask.manifest.synced");
  }

  /// Makes the prepared manifest the one that counts.
  ///
  /// @throws DiskException of kind `NO_SPACE` with nothing changed; of kind `IO` if the manifest
  ///   has its name and that may not be durable, whatever the disk called it: which one counts is
  ///   unknown from then on
  void install() {
    disk.rename(directory + "/" + NEW_NAME, directory + "/" + NAME);
    trace.point("bitcask.manifest.renamed");
    try {
      disk.syncDirectory(directory);
    } catch (DiskException failure) {
      throw new DiskException(
          DiskException.Kind.IO, directory, "a manifest may not be durable", failure);
    }
    trace.point("bitcask.manifest.durable");
  }

  void discardPrepared() {
    String path = directory + "/" + NEW_NAME;
    if (disk.exists(path)) {
      disk.delete(path);
    }
  }
}
