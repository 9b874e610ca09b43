package dev.nucleusdb.bitcask.segment;

import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.FrameHeader;
import dev.nucleusdb.core.disk.DiskFile;

/// Looks for the heads of frames behind damage, at multiples of 8, where all of them begin. A
/// head's checksum binds file and offset, so a match is no accident: what it says of the watermark
/// was true when it was written, whether the rest of its frame is whole or not. This is how damage
/// to bytes that had been made durable is told from the end of a log that a crash tore (Alagappan
/// et al., FAST 2018, section 3.3, decide the same question by a separate record).
final class WitnessSearch {
  private static final int STEP_BYTES = 32 * 1024;

  private WitnessSearch() {}

  /// The highest watermark in any head that begins behind `offset`; 0 if there is none.
  static long highestWatermark(DiskFile file, long fileId, long offset) {
    long[] highest = {0};
    search(
        file,
        fileId,
        offset,
        (at, header) -> {
          highest[0] = Math.max(highest[0], header.watermark());
          return true;
        });
    return highest[0];
  }

  /// Where the first head behind `offset` begins; -1 if there is none.
  static long nextHead(DiskFile file, long fileId, long offset) {
    long[] found = {-1};
    search(
        file,
        fileId,
        offset,
        (at, header) -> {
          found[0] = at;
          return false;
        });
    return found[0];
  }

  @FunctionalInterface
  private interface Visitor {
    boolean visit(long offset, FrameHeader header);
  }

  private static void search(DiskFile file, long fileId, long offset, Visitor visitor) {
    Window window = new Window(file);
    Checksum checksum = new Checksum();
    long last = file.sizeBytes() - FrameHeader.BYTES;
    long first = offset - offset % Entry.ALIGNMENT + Entry.ALIGNMENT;
    for (long from = first; from <= last; from += STEP_BYTES) {
      int candidates = (int) Math.min(STEP_BYTES, last - from + 1);
      int at = window.hold(from, candidates + FrameHeader.BYTES - 1);
      if (at < 0) {
        return;
      }
      for (int i = 0; i < candidates; i += Entry.ALIGNMENT) {
        FrameHeader header = FrameHeader.read(window.bytes(), at + i, fileId, from + i, checksum);
        if (header != null && !visitor.visit(from + i, header)) {
          return;
        }
      }
    }
  }
}
