package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.raft.RaftMember;
import java.nio.ByteBuffer;
import java.util.List;

/// A disk that calls the syncs of one folder done before it has begun them.
final class HastyDisk implements Disk {
  private final Disk disk;
  private final String folder;
  private final Timers timers;
  private final Clock clock;

  private HastyDisk(Disk disk, String folder, Timers timers, Clock clock) {
    this.disk = disk;
    this.folder = folder;
    this.timers = timers;
    this.clock = clock;
  }

  /// The seams of a node whose write-ahead log is on such a disk.
  static NodeContext underRaft(NodeContext context) {
    Disk hasty =
        new HastyDisk(context.disk(), RaftMember.DIRECTORY, context.timers(), context.clock());
    return new NodeContext(
        context.id(),
        context.clock(),
        context.timers(),
        context.network(),
        hasty,
        context.random(),
        context.trace(),
        context.halt());
  }

  @Override
  public DiskFile open(String path, OpenMode mode) {
    DiskFile file = disk.open(path, mode);
    return path.startsWith(folder) ? new HastyFile(file) : file;
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

  private final class HastyFile implements DiskFile {
    private final DiskFile file;

    HastyFile(DiskFile file) {
      this.file = file;
    }

    @Override
    public void sync(SyncCompletion completion) {
      file.sync(failure -> {});
      timers.at(clock.monotonicNanos(), () -> completion.completed(null));
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
    public void truncate(long sizeBytes) {
      file.truncate(sizeBytes);
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
