package dev.nucleusdb.core.system;

import static dev.nucleusdb.core.assertion.Assertions.require;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.core.disk.DiskFile;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder of this machine as a disk. One process at a time: the folder is locked.
///
/// With a node's thread, calls are made on it; syncs run on a thread of the disk's own and complete
/// on the node's thread. Without one ([#open(Path, FileDiskOptions)]), whoever calls takes care
/// that only one thread writes to a file at a time, and syncs complete on the disk's own thread.
public final class FileDisk implements Disk, AutoCloseable {
  private final Path folder;
  private final @Nullable NodeThread thread;
  private final FileDiskOptions options;
  private final FolderLock lock;
  private final Syncer syncer;
  private final Set<SystemFile> openFiles = ConcurrentHashMap.newKeySet();

  private FileDisk(
      Path folder,
      @Nullable NodeThread thread,
      FileDiskOptions options,
      FolderLock lock,
      Syncer.Forcing forcing) {
    this.folder = folder;
    this.thread = thread;
    this.options = options;
    this.lock = lock;
    Consumer<Throwable> onFailure = thread == null ? failure -> {} : thread::fail;
    this.syncer = new Syncer("sync " + folder.getFileName(), forcing, onFailure);
  }

  /// Makes the folder if need be, and locks it.
  ///
  /// @param thread where syncs complete
  /// @throws DiskException of kind `LOCKED` if another node uses the folder, otherwise of the kind
  ///   of the trouble; its message is one line that names the folder
  public static FileDisk open(Path folder, NodeThread thread, FileDiskOptions options) {
    return open(folder, thread, options, Syncer.Forcing.SYSTEM);
  }

  /// As above, for a program that is no node.
  public static FileDisk open(Path folder, FileDiskOptions options) {
    return open(folder, null, options, Syncer.Forcing.SYSTEM);
  }

  /// A folder to look at, also while another process uses it: it is not locked, and nothing on it
  /// should be changed.
  ///
  /// @throws DiskException of kind `NOT_FOUND` if there is no such folder
  public static FileDisk look(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      throw new DiskException(Kind.NOT_FOUND, folder.toString(), "there is no such folder");
    }
    return new FileDisk(
        absolute, null, FileDiskOptions.DEFAULT, FolderLock.NONE, Syncer.Forcing.SYSTEM);
  }

  static FileDisk open(
      Path folder, @Nullable NodeThread thread, FileDiskOptions options, Syncer.Forcing forcing) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      createDurably(absolute);
    } catch (IOException e) {
      throw DiskFailures.of(absolute.toString(), "make the folder", e);
    }
    return new FileDisk(absolute, thread, options, FolderLock.take(absolute), forcing);
  }

  /// Makes a folder and those above it, and makes their names durable: what is synced below a name
  /// that a crash takes away is lost.
  private static void createDurably(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent == null || Files.isDirectory(folder)) {
      return;
    }
    createDurably(parent);
    Files.createDirectories(folder);
    try (FileChannel channel = FileChannel.open(parent, READ)) {
      channel.force(true);
    }
  }

  @Override
  public DiskFile open(String path, OpenMode mode) {
    OpenOption[] how =
        switch (mode) {
          case CREATE -> new OpenOption[] {CREATE_NEW, READ, WRITE};
          case APPEND -> new OpenOption[] {READ, WRITE};
          case READ -> new OpenOption[] {READ};
        };
    OpenOption[] again = mode == OpenMode.READ ? how : new OpenOption[] {READ, WRITE};
    Path resolved = resolve(path);
    try {
      FileChannel channel = FileChannel.open(resolved, how);
      SteadyChannel data = new SteadyChannel(resolved, channel, again);
      boolean writable = mode != OpenMode.READ;
      SteadyChannel syncs = data;
      FileDescriptor callers = null;
      if (thread == null && writable) {
        RandomAccessFile apart = new RandomAccessFile(resolved.toFile(), "rw");
        syncs = new SteadyChannel(resolved, apart.getChannel(), again);
        callers = apart.getFD();
      }
      SystemFile file = new SystemFile(this, path, data, syncs, callers, writable);
      openFiles.add(file);
      return file;
    } catch (IOException e) {
      throw DiskFailures.of(path, mode == OpenMode.CREATE ? "create it" : "open it", e);
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.isRegularFile(resolve(path));
  }

  @Override
  public List<String> list(String directory) {
    Path listed = directory.isEmpty() ? folder : resolve(directory);
    try (Stream<Path> entries = Files.list(listed)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> !directory.isEmpty() || !name.equals(FolderLock.NAME))
          .sorted()
          .toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw DiskFailures.of(directory, "list the folder", e);
    }
  }

  @Override
  public void createDirectory(String directory) {
    if (directory.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(resolve(directory));
    } catch (IOException e) {
      throw DiskFailures.of(directory, "make the folder", e);
    }
  }

  @Override
  public void rename(String from, String to) {
    try {
      Files.move(
          resolve(from),
          resolve(to),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw DiskFailures.of(from, "rename it to " + to, e);
    }
  }

  @Override
  public boolean link(Disk other, String from, String to) {
    if (!(other instanceof FileDisk there)) {
      return false;
    }
    try {
      Files.createLink(resolve(to), there.resolve(from));
      return true;
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw DiskFailures.of(to, "link it to " + from, e);
    } catch (IOException | UnsupportedOperationException anotherFileSystem) {
      return false;
    }
  }

  @Override
  public void delete(String path) {
    try {
      Files.delete(resolve(path));
    } catch (IOException e) {
      throw DiskFailures.of(path, "delete it", e);
    }
  }

  @Override
  public void syncDirectory(String directory) {
    uninterrupted(() -> {
      forceDirectory(directory);
      return true;
    });
  }

  /// Does something that an interrupt must not cut short: a node's thread gets none, others leave
  /// it to the sync thread.
  private <T> T uninterrupted(Supplier<T> work) {
    return thread == null ? syncer.call(work) : work.get();
  }

  private void forceDirectory(String directory) {
    syncer.requireNoFailure(directory);
    Path synced = directory.isEmpty() ? folder : resolve(directory);
    try (FileChannel channel = FileChannel.open(synced, READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw syncer.remember(DiskFailures.of(directory, "make the folder's names durable", e));
    }
  }

  /// Where the folder is.
  public Path folder() {
    return folder;
  }

  /// Ends the sync thread, closes what is open, and unlocks the folder. Syncs nothing. Called when
  /// the node has stopped.
  @Override
  public void close() {
    openFiles.forEach(SystemFile::close);
    syncer.close();
    lock.release();
  }

  /// Waits until the syncs that have been asked for have ended; their completions are queued.
  void settle() {
    syncer.settle();
  }

  FileDiskOptions options() {
    return options;
  }

  /// Runs what follows on a sync, where completions run.
  void complete(Runnable completions) {
    if (thread == null) {
      completions.run();
    } else {
      thread.execute(completions);
    }
  }

  boolean isEnding() {
    return thread != null && thread.isEnding();
  }

  Syncer syncer() {
    return syncer;
  }

  void forget(SystemFile file) {
    openFiles.remove(file);
  }

  /// @throws IllegalArgumentException if the path leads out of the folder
  private Path resolve(String path) {
    Path resolved = folder.resolve(path).normalize();
    require(
        resolved.startsWith(folder) && !resolved.equals(folder) && !path.equals(FolderLock.NAME),
        "'%s' is no path on a disk: it is relative, without '..', and not %s",
        path,
        FolderLock.NAME);
    return resolved;
  }
}
