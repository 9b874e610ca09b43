package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.disk.DiskException;
import java.util.function.BooleanSupplier;

/// Keeps the data files of a store below a bound, by letting writes wait for merges: who finds no
/// room merges until there is, or is refused. Merges choose inputs whose copies fit into what is
/// left. Part of the room is kept for deletes, so that a full store can be emptied.
final class SpaceBound {
  private final SegmentFolder folder;
  private final BitcaskOptions options;
  private final BooleanSupplier maintain;

  /// @param maintain does a slice of merging; false if there is none to do
  SpaceBound(SegmentFolder folder, BitcaskOptions options, BooleanSupplier maintain) {
    this.folder = folder;
    this.options = options;
    this.maintain = maintain;
  }

  /// Makes room for a frame.
  ///
  /// @param onlyDeletes whether the frame holds no put
  /// @throws DiskException of kind `NO_SPACE` if there is none
  void makeRoom(long frameBytes, boolean onlyDeletes) {
    if (options.spaceBytesMax() == Long.MAX_VALUE) {
      return;
    }
    long kept = (onlyDeletes ? 1 : 2) * options.segmentSizeBytes();
    long allowed = options.spaceBytesMax() - kept;
    while (bytes(folder) + frameBytes > allowed) {
      if (!maintain.getAsBoolean()) {
        throw new DiskException(
            DiskException.Kind.NO_SPACE,
            folder.directory(),
            "the store holds "
                + bytes(folder)
                + " bytes of the "
                + options.spaceBytesMax()
                + " that it may, and merging gives no more room; delete keys, or raise the bound");
      }
    }
  }

  /// Up to where room may be reserved in a data file: what is reserved is not counted, so nothing
  /// is in a store that has a bound.
  static long roomEndMax(BitcaskOptions options) {
    return options.spaceBytesMax() == Long.MAX_VALUE ? options.segmentSizeBytes() : 0;
  }

  /// Bytes of all data files.
  static long bytes(SegmentFolder folder) {
    long bytes = 0;
    for (Segment segment : folder.all()) {
      bytes += segment.file().sizeBytes();
    }
    return bytes;
  }
}
