package dev.nucleusdb.scenarios.bug.disk;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.raft.RaftMember;

/// A disk that calls the syncs of one folder done before it has begun them.
public final class HastyDisk extends OtherDisk {
  private final String folder;
  private final Timers timers;
  private final Clock clock;

  private HastyDisk(Disk disk, String folder, Timers timers, Clock clock) {
    super(disk);
    this.folder = folder;
    this.timers = timers;
    this.clock = clock;
  }

  /// The seams of a node whose write-ahead log is on such a disk.
  public static NodeContext underRaft(NodeContext context) {
    return new HastyDisk(context.disk(), RaftMember.DIRECTORY, context.timers(), context.clock())
        .in(context);
  }

  @Override
  public DiskFile open(String path, OpenMode mode) {
    DiskFile file = super.open(path, mode);
    return path.startsWith(folder) ? new HastyFile(file) : file;
  }

  private final class HastyFile extends OtherFile {
    HastyFile(DiskFile file) {
      super(file);
    }

    @Override
    public void sync(SyncCompletion completion) {
      super.sync(failure -> {});
      timers.at(clock.monotonicNanos(), () -> completion.completed(null));
    }
  }
}
