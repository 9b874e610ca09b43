package dev.nucleusdb.scenarios.bug.disk;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.trace.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A disk on which one data file in four has a bad byte when a node starts with it as its active
/// file: the medium has rotted while nobody looked. Which file and which byte hang on node and name
/// alone. Not a bug by itself: a store that finds it must say so and not start.
public final class RottingDisk extends OtherDisk {
  private static final int FILES_PER_DAMAGE = 4;

  /// Room for the head of a file, which is verified by itself.
  private static final int SPARED_BYTES = 64;

  private final int node;

  private RottingDisk(Disk disk, int node) {
    super(disk);
    this.node = node;
  }

  /// The seams of a node whose store is on such a disk.
  public static NodeContext underStore(NodeContext context) {
    return new RottingDisk(context.disk(), context.id().value()).in(context);
  }

  @Override
  public DiskFile open(String path, OpenMode mode) {
    DiskFile file = super.open(path, mode);
    long size = file.sizeBytes();
    if (!path.endsWith(".bitcask") || mode != OpenMode.APPEND || size <= 2 * SPARED_BYTES) {
      return file;
    }
    long chance = Digest.hash((node + path).getBytes(StandardCharsets.UTF_8));
    boolean rots = Math.floorMod(chance, FILES_PER_DAMAGE) == 0;
    long place = SPARED_BYTES + Math.floorMod(chance >> 8, size / 2 - SPARED_BYTES);
    return rots ? new RottenFile(file, place) : file;
  }

  private static final class RottenFile extends OtherFile {
    private long badOffset;

    RottenFile(DiskFile file, long badOffset) {
      super(file);
      this.badOffset = badOffset;
    }

    /// What is written anew at that place is good.
    @Override
    public void truncate(long sizeBytes) {
      super.truncate(sizeBytes);
      badOffset = sizeBytes <= badOffset ? -1 : badOffset;
    }

    @Override
    public int read(long offset, ByteBuffer into) {
      int begin = into.position();
      int count = super.read(offset, into);
      if (offset <= badOffset && badOffset < offset + count) {
        int at = begin + (int) (badOffset - offset);
        into.put(at, (byte) ~into.get(at));
      }
      return count;
    }
  }
}
