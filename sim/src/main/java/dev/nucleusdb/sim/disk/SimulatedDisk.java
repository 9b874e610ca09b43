package dev.nucleusdb.sim.disk;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.sim.time.Host;
import dev.nucleusdb.sim.time.Kernel;
import java.util.List;

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
    return switch (mode) {
      case CREATE -> {
        host.point("disk.create");
        requireSpace(path);
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
      requireSpace(directory);
      image.createDirectory(directory);
    }
  }

  @Override
  public void rename(String from, String to) {
    Paths.checked(to);
    if (mayChange("disk.rename")) {
      image.rename(from, to);
    }
  }

  @Override
  public void delete(String path) {
    if (mayChange("disk.delete")) {
      image.delete(path);
    }
  }

  @Override
  public void syncDirectory(String directory) {
    if (mayChange("disk.syncDirectory")) {
      image.syncDirectory(directory);
    }
  }

  /// Whether a change may be made. A crash may strike here.
  boolean mayChange(String point) {
    if (!host.isAlive()) {
      return false;
    }
    host.point(point);
    return true;
  }

  private void requireSpace(String path) {
    if (trouble.isFull()) {
      throw new DiskException(Kind.NO_SPACE, path, "no space left on the disk");
    }
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

  static void requireWritable(boolean writable, String path) {
    require(writable, "%s was opened for reading", path);
  }
}
