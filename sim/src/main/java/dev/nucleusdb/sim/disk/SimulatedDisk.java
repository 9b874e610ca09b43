package dev.nucleusdb.sim.disk;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.time.Host;
import dev.nucleusdb.sim.time.Kernel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The disk as one incarnation sees it. Once its host is dead every call is without effect: reads
/// find nothing, writes go nowhere, nothing is thrown.
///
/// Every call that changes something is a crash point, `disk.append`, `disk.sync`, `disk.rename`
/// and so on: the host may crash before the call has had its effect.
public final class SimulatedDisk implements Disk {
  private final Kernel kernel;
  private final Host host;
  private final DiskImage image;
  private final DiskTrouble trouble;

  /// What the first sync that failed had to say.
  private @Nullable String firstSyncFailure;

  private int openHandles;
  private boolean owesFailure;

  /// @param host whose view this is
  /// @param image what is on the disk
  /// @param trouble what is wrong with it
  public SimulatedDisk(Kernel kernel, Host host, DiskImage image, DiskTrouble trouble) {
    this.kernel = kernel;
    this.host = host;
    this.image = image;
    this.trouble = trouble;
  }

  @Override
  public DiskFile open(String path, OpenMode mode) {
    Paths.checked(path);
    if (!host.isAlive()) {
      return new SimulatedFile(this, path, new FileImage(), false);
    }
    trouble.requireHandle(path);
    SimulatedFile file = opened(path, mode);
    openHandles++;
    return file;
  }

  private SimulatedFile opened(String path, OpenMode mode) {
    if (mode != OpenMode.CREATE) {
      carryOut(DiskCall.OPEN, path, () -> {});
    }
    return switch (mode) {
      case CREATE -> {
        host.point("disk.create");
        trouble.requireChangeable(path);
        trouble.requireSpace(path);
        carryOut(DiskCall.CREATE, path, () -> {});
        yield new SimulatedFile(this, path, image.create(path), true);
      }
      case APPEND -> new SimulatedFile(this, path, image.find(path), true);
      case READ -> new SimulatedFile(this, path, image.find(path), false);
    };
  }

  @Override
  public boolean exists(String path) {
    return host.isAlive() && image.get(path) != null;
  }

  @Override
  public List<String> list(String directory) {
    return host.isAlive() ? image.list(directory) : List.of();
  }

  @Override
  public void createDirectory(String directory) {
    if (directory.isEmpty()) {
      return;
    }
    Paths.checked(directory);
    if (mayChange("disk.createDirectory")) {
      trouble.requireChangeable(directory);
      trouble.requireSpace(directory);
      carryOut(DiskCall.CREATE_DIRECTORY, directory, () -> image.createDirectory(directory));
    }
  }

  @Override
  public void rename(String from, String to) {
    Paths.checked(to);
    if (mayChange("disk.rename")) {
      trouble.requireChangeable(from);
      carryOut(DiskCall.RENAME, from, () -> image.rename(from, to));
    }
  }

  @Override
  public void delete(String path) {
    if (mayChange("disk.delete")) {
      trouble.requireChangeable(path);
      carryOut(DiskCall.DELETE, path, () -> image.delete(path));
    }
  }

  @Override
  public void syncDirectory(String directory) {
    if (mayChange("disk.syncDirectory")) {
      DiskException earlier = syncFailure(directory);
      if (earlier != null) {
        throw earlier;
      }
      long ordinal = trouble.calls().nextFolderSync();
      DiskCall.Failure failure = trouble.calls().failure(DiskCall.SYNC_DIRECTORY, directory);
      if (failure != null) {
        if (failure.done()) {
          image.syncDirectory(directory);
        }
        throw syncFailed(failure.at(DiskCall.SYNC_DIRECTORY, directory));
      }
      if (trouble.calls().strike(FaultFamily.FOLDER_SYNC_FAILURE, ordinal) != null) {
        throw syncFailed(
            new DiskException(Kind.IO, directory, "the sync of a folder failed; stop the node"));
      }
      image.syncDirectory(directory);
    }
  }

  /// Carries a call out, or lets it fail, or both.
  void carryOut(DiskCall call, String path, Runnable effect) {
    DiskCall.Failure failure = trouble.calls().failure(call, path);
    if (failure == null || failure.done()) {
      effect.run();
    }
    if (failure != null) {
      throw failure.at(call, path);
    }
  }

  /// How many files this incarnation has open.
  public int openHandles() {
    return openHandles;
  }

  void handleClosed() {
    openHandles--;
  }

  /// The next sync is to say that this one failed.
  void oweFailure() {
    owesFailure = true;
  }

  boolean takeOwedFailure() {
    boolean owed = owesFailure;
    owesFailure = false;
    return owed;
  }

  /// The sync of a file has ended well.
  void synced() {
    FileSystem fileSystem = trouble.fileSystem();
    if (fileSystem != null && fileSystem.fileSyncKeepsNames()) {
      image.keepAllNames();
    }
  }

  /// What a sync has to say that comes after one that failed; null if none has failed.
  @Nullable DiskException syncFailure(String path) {
    String first = firstSyncFailure;
    return first == null
        ? null
        : new DiskException(Kind.IO, path, "not durable, because a sync has failed: " + first);
  }

  /// A sync failed: whoever waits is told, and nothing is made durable any more.
  DiskException syncFailed(DiskException failure) {
    firstSyncFailure = failure.getMessage();
    return failure;
  }

  /// Whether a change may be made. A crash may strike here.
  boolean mayChange(String point) {
    if (!host.isAlive()) {
      return false;
    }
    host.point(point);
    return true;
  }

  Kernel kernel() {
    return kernel;
  }

  Host host() {
    return host;
  }

  DiskTrouble trouble() {
    return trouble;
  }

  DiskImage image() {
    return image;
  }

  static void requireWritable(boolean writable, String path) {
    require(writable, "%s was opened for reading", path);
  }
}
