package dev.nucleusdb.scenarios.bug.disk;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.node.NodeContext;
import java.nio.ByteBuffer;
import java.util.List;

/// A disk that passes everything on; bugs override what they get wrong.
abstract class OtherDisk implements Disk {
  private final Disk disk;

  OtherDisk(Disk disk) {
    this.disk = disk;
  }

  /// The seams of a node that is given this disk instead of its own.
  final NodeContext in(NodeContext context) {
    return new NodeContext(
        context.id(),
        context.clock(),
        context.timers(),
        context.network(),
        this,
        context.random(),
        context.trace(),
        context.halt());
  }

  @Override
  public DiskFile open(String path, OpenMode mode) {
    return disk.open(path, mode);
  }

  @Override
  public boolean exists(String path) {
    return disk.exists(path);
  }

  @Override
  public List<String> list(String directory) {
    return disk.list(directory);
  }

  @Override
  public void createDirectory(String directory) {
    disk.createDirectory(directory);
  }

  @Override
  public void rename(String from, String to) {
    disk.rename(from, to);
  }

  @Override
  public void delete(String path) {
    disk.delete(path);
  }

  @Override
  public void syncDirectory(String directory) {
    disk.syncDirectory(directory);
  }

  /// A file that passes everything on.
  abstract static class OtherFile implements DiskFile {
    private final DiskFile file;

    OtherFile(DiskFile file) {
      this.file = file;
    }

    @Override
    public String path() {
      return file.path();
    }

    @Override
    public long sizeBytes() {
      return file.sizeBytes();
    }

    @Override
    public long append(ByteBuffer bytes) {
      return file.append(bytes);
    }

    @Override
    public int read(long offset, ByteBuffer into) {
      return file.read(offset, into);
    }

    @Override
    public long reserve(long bytes) {
      return file.reserve(bytes);
    }

    @Override
    public void truncate(long sizeBytes) {
      file.truncate(sizeBytes);
    }

    @Override
    public void sync(SyncCompletion completion) {
      file.sync(completion);
    }

    @Override
    public void syncNow() {
      file.syncNow();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
