package dev.nucleusdb.core.system;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps a second process, and a second disk of this process, out of a folder. The operating system
/// lets the lock go when the process ends, however it ends; the file stays.
final class FolderLock {
  /// The file in the folder on which the lock is held; never seen through the disk.
  static final String NAME = "nucleus.lock";

  /// Of who only looks.
  static final FolderLock NONE = new FolderLock(null);

  private final @Nullable FileChannel channel;

  private FolderLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /// @throws DiskException of kind `LOCKED` if somebody holds the folder
  static FolderLock take(Path folder) {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw DiskFailures.of(folder.toString(), "lock the folder", e);
    }
    boolean taken = false;
    try {
      @Nullable FileLock lock = channel.tryLock();
      taken = lock != null;
    } catch (OverlappingFileLockException _) {
      taken = false;
    } catch (IOException e) {
      throw DiskFailures.of(folder.toString(), "lock the folder", e);
    } finally {
      if (!taken) {
        closeQuietly(channel);
      }
    }
    if (!taken) {
      throw new DiskException(
          Kind.LOCKED,
          folder.toString(),
          "another node uses this folder; stop it, or give this one a folder of its own");
    }
    return new FolderLock(channel);
  }

  void release() {
    if (channel != null) {
      closeQuietly(channel);
    }
  }

  /// Nothing that was written depends on a close: what had to be durable was synced.
  static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      // See above.
    }
  }
}
