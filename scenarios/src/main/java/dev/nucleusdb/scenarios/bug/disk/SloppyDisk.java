package dev.nucleusdb.scenarios.bug.disk;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.node.NodeContext;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/// A disk under a store that is sloppy in one way: what stores have done wrong between themselves
/// and the disk, done here in their stead.
public final class SloppyDisk extends OtherDisk {
  private static final String DATA = ".bitcask";
  private static final String NEW_MANIFEST = ".new";
  private static final int WRITTEN_AT_ONCE = 160;
  private static final int READ_AT_ONCE = 64;
  private static final int FILE_HEADER_BYTES = 48;

  /// In which way.
  public enum Sloppiness {
    /// Nothing is ever cut: what a failed append left stays where it is.
    CUTS_NOTHING,
    /// What was reserved behind the end of a file is not given back.
    KEEPS_ROOM,
    /// A new manifest is renamed before it is durable.
    SYNCS_NO_MANIFEST,
    /// Files are sealed before they are durable.
    SYNCS_NO_SEALED_FILE,
    /// What recovery found, or cut, is taken for durable.
    SYNCS_NO_REPAIR,
    /// A sync that finds the file longer than the last one did does not reach the new end.
    SYNCS_OLD_LENGTH,
    /// A chunk that ends with the file is taken for nothing.
    MISSES_LAST_CHUNK,
    /// A read that fails is taken for the end of the file.
    READS_PAST_ERRORS,
    /// A long append is begun and not finished.
    WRITES_SHORT,
    /// Files that were read are not closed.
    CLOSES_NO_READER,
    /// Data files are not removed.
    DELETES_NO_DATA,
    /// What had the name is removed first, and then the new file gets it.
    RENAMES_IN_TWO_STEPS,
    /// What has the name is written over with what should get it.
    COPIES_OVER
  }

  private final Sloppiness how;
  private final NodeContext context;

  private SloppyDisk(NodeContext context, Sloppiness how) {
    super(context.disk());
    this.context = context;
    this.how = how;
  }

  /// The seams of a node whose store is sloppy.
  public static UnaryOperator<NodeContext> that(Sloppiness how) {
    return context -> new SloppyDisk(context, how).in(context);
  }

  @Override
  public DiskFile open(String path, OpenMode mode) {
    return new SloppyFile(super.open(path, mode), mode);
  }

  @Override
  public void rename(String from, String to) {
    if (how == Sloppiness.RENAMES_IN_TWO_STEPS && exists(to)) {
      delete(to);
    }
    if (how == Sloppiness.COPIES_OVER && exists(to)) {
      copyOver(from, to);
    } else {
      super.rename(from, to);
    }
  }

  private void copyOver(String from, String to) {
    try (DiskFile source = super.open(from, OpenMode.READ);
        DiskFile target = super.open(to, OpenMode.APPEND)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) source.sizeBytes());
      source.read(0, bytes);
      target.truncate(0);
      target.append(bytes.flip());
      target.syncNow();
    }
    delete(from);
  }

  @Override
  public void delete(String path) {
    if (how != Sloppiness.DELETES_NO_DATA || !path.endsWith(DATA)) {
      super.delete(path);
    }
  }

  private final class SloppyFile extends OtherFile {
    private final Disk.OpenMode mode;
    private long syncedBytes;

    SloppyFile(DiskFile file, Disk.OpenMode mode) {
      super(file);
      this.mode = mode;
      this.syncedBytes = file.sizeBytes();
    }

    @Override
    public long append(ByteBuffer bytes) {
      if (how != Sloppiness.WRITES_SHORT || bytes.remaining() <= WRITTEN_AT_ONCE) {
        return super.append(bytes);
      }
      long offset = super.append(bytes.slice(bytes.position(), WRITTEN_AT_ONCE));
      bytes.position(bytes.limit());
      return offset;
    }

    @Override
    public int read(long offset, ByteBuffer into) {
      int begin = into.position();
      int count;
      try {
        count = super.read(offset, into);
      } catch (DiskException failure) {
        if (how != Sloppiness.READS_PAST_ERRORS) {
          throw failure;
        }
        return 0;
      }
      boolean last = offset + count == sizeBytes() && sizeBytes() % READ_AT_ONCE == 0;
      if (how == Sloppiness.MISSES_LAST_CHUNK && last && count >= READ_AT_ONCE) {
        into.position(begin + count - READ_AT_ONCE);
        return count - READ_AT_ONCE;
      }
      return count;
    }

    @Override
    public void truncate(long sizeBytes) {
      boolean givesBack = how == Sloppiness.KEEPS_ROOM && sizeBytes == sizeBytes();
      if (how != Sloppiness.CUTS_NOTHING && !givesBack) {
        super.truncate(sizeBytes);
      }
    }

    @Override
    public void sync(SyncCompletion completion) {
      if (isSkipped()) {
        context.timers().at(context.clock().monotonicNanos(), () -> completion.completed(null));
      } else {
        super.sync(completion);
      }
    }

    @Override
    public void syncNow() {
      boolean skipped =
          switch (how) {
            case SYNCS_NO_MANIFEST -> path().endsWith(NEW_MANIFEST);
            case SYNCS_NO_SEALED_FILE ->
                mode == Disk.OpenMode.CREATE
                    && path().endsWith(DATA)
                    && sizeBytes() > FILE_HEADER_BYTES;
            case SYNCS_NO_REPAIR -> mode == Disk.OpenMode.APPEND;
            default -> isSkipped();
          };
      if (!skipped) {
        super.syncNow();
      }
    }

    private boolean isSkipped() {
      boolean longer = sizeBytes() > syncedBytes;
      syncedBytes = sizeBytes();
      return how == Sloppiness.SYNCS_OLD_LENGTH && longer;
    }

    @Override
    public void close() {
      if (how != Sloppiness.CLOSES_NO_READER || mode != Disk.OpenMode.READ) {
        super.close();
      }
    }
  }
}
