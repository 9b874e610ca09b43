package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.disk.DiskException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Keeps the data files of a store below a bound, by letting writes wait for merges: who finds no
/// room merges until there is, or is refused. Merges choose inputs whose copies fit into what is
/// left, and that is kept for them. Part of the room is kept for deletes, so that a full store can
/// be emptied. Zeros that are reserved behind the active file count as what will be put over them.
final class SpaceBound {
  private final SegmentFolder folder;
  private final BitcaskOptions options;
  private final LongSupplier promisedBytes;
  private final Runnable giveRoomBack;
  private final BooleanSupplier maintain;

  /// @param promisedBytes what a merge may still write
  /// @param giveRoomBack makes the active file as long as what was appended to it
  /// @param maintain does a slice of merging; false if there is none to do
  SpaceBound(
      SegmentFolder folder,
      BitcaskOptions options,
      LongSupplier promisedBytes,
      Runnable giveRoomBack,
      BooleanSupplier maintain) {
    this.promisedBytes = promisedBytes;
    this.giveRoomBack = giveRoomBack;
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
    long allowed = options.spaceBytesMax() - (onlyDeletes ? 1 : 2) * options.segmentSizeBytes();
    if (takenBytes() + frameBytes > allowed) {
      giveRoomBack.run();
    }
    while (takenBytes() + frameBytes > allowed) {
      if (!maintain.getAsBoolean()) {
        throw new DiskException(
            DiskException.Kind.NO_SPACE,
            folder.directory(),
            "the store holds "
                + takenBytes()
                + " bytes of the "
                + options.spaceBytesMax()
                + " that it may, and merging gives no more room; delete keys, or raise the bound");
      }
    }
  }

  /// Up to where room may be reserved in the active file: as far as puts could write to it now.
  long roomEndMax() {
    long fileEnd = options.segmentSizeBytes();
    if (options.spaceBytesMax() == Long.MAX_VALUE) {
      return fileEnd;
    }
    long left = options.spaceBytesMax() - 2 * fileEnd - takenBytes();
    return Math.min(fileEnd, folder.active().file().sizeBytes() + Math.max(0, left));
  }

  /// Bytes of all data files, and what a merge will add to them.
  private long takenBytes() {
    long bytes = promisedBytes.getAsLong();
    for (Segment segment : folder.all()) {
      bytes += segment.file().sizeBytes();
    }
    return bytes;
  }
}
