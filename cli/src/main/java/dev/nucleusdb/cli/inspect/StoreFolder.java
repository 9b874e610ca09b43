package dev.nucleusdb.cli.inspect;

import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.system.FileDisk;
import dev.nucleusdb.core.system.FileDiskOptions;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the files of a store lie: the folder itself, as a name in the folder above it.
///
/// @param parent the folder above
/// @param name of the folder
record StoreFolder(Path parent, String name) {

  /// The store in a folder, or in the folder `store` in it, as nodes and the library have it.
  static StoreFolder of(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      throw new UsageException("there is no folder " + folder);
    }
    Path inner = absolute.resolve("store");
    Path files = Files.isDirectory(inner) ? inner : absolute;
    Path above = files.getParent();
    Path last = files.getFileName();
    if (above == null || last == null) {
      throw new UsageException(folder + " is no folder of a store");
    }
    return new StoreFolder(above, last.toString());
  }

  /// The disk, to look at, also while a process uses it.
  FileDisk look() {
    return FileDisk.look(parent);
  }

  /// The disk, for this process alone.
  FileDisk take() {
    try {
      return FileDisk.open(parent, FileDiskOptions.DEFAULT);
    } catch (DiskException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return parent.resolve(name).toString();
  }
}
