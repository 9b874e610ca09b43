package dev.nucleusdb.scenarios.bug.disk;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.node.NodeContext;

/// A disk under a node that does not look at what the disk says, or does not ask it.
public final class CarelessDisk extends OtherDisk {
  private final boolean ignoresFailedSyncs;

  private CarelessDisk(Disk disk, boolean ignoresFailedSyncs) {
    super(disk);
    this.ignoresFailedSyncs = ignoresFailedSyncs;
  }

  /// A node that goes on after a failed sync.
  public static NodeContext thatIgnoresFailedSyncs(NodeContext context) {
    return new CarelessDisk(context.disk(), true).in(context);
  }

  /// A node that never asks for names to be made durable.
  public static NodeContext thatSyncsNoNames(NodeContext context) {
    return new CarelessDisk(context.disk(), false).in(context);
  }

  @Override
  public DiskFile open(String path, OpenMode mode) {
    DiskFile file = super.open(path, mode);
    return ignoresFailedSyncs ? new CarelessFile(file) : file;
  }

  @Override
  public void syncDirectory(String directory) {
    if (!ignoresFailedSyncs) {
      return;
    }
    try {
      super.syncDirectory(directory);
    } catch (DiskException ignored) {
      // This is the bug.
    }
  }

  private static final class CarelessFile extends OtherFile {
    CarelessFile(DiskFile file) {
      super(file);
    }

    @Override
    public void sync(SyncCompletion completion) {
      super.sync(failure -> completion.completed(null));
    }

    @Override
    public void syncNow() {
      try {
        super.syncNow();
      } catch (DiskException ignored) {
        // This is the bug.
      }
    }
  }
}
