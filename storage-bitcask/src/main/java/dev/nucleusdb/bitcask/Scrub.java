package dev.nucleusdb.bitcask;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.segment.Scanned;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.bitcask.segment.SegmentScanner;
import dev.nucleusdb.core.disk.CorruptionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the sealed files over and over, slowly, so that what has rotted is noticed while another
/// copy of it exists somewhere, and not when it is needed (*latent sector errors*: Bairavasundaram
/// et al., SIGMETRICS 2007).
final class Scrub {
  private final SegmentFolder folder;
  private final FrameCheck frameCheck;
  private final int sliceBytes;

  private long lastFileId;
  private @Nullable Segment segment;
  private @Nullable SegmentScanner scanner;
  private long scrubbedFiles;

  /// @param sliceBytes read in one slice, and at least one frame; 0 for never
  Scrub(SegmentFolder folder, FrameCheck frameCheck, int sliceBytes) {
    this.folder = folder;
    this.frameCheck = frameCheck;
    this.sliceBytes = sliceBytes;
  }

  /// Files that were read to their end and found whole.
  long scrubbedFiles() {
    return scrubbedFiles;
  }

  /// Reads a slice.
  ///
  /// @throws CorruptionException if it met damage; the file is kept, and neither merged nor
  ///   scrubbed again
  void slice() {
    if (sliceBytes == 0) {
      return;
    }
    Segment current = segment;
    SegmentScanner scanning = scanner;
    if (current == null || scanning == null || !folder.sealed().contains(current)) {
      begin();
      return;
    }
    long from = scanning.position();
    while (scanning.position() - from < sliceBytes) {
      switch (scanning.next()) {
        case Scanned.Frame _, Scanned.Seal _ -> {}
        case Scanned.End _ -> {
          scrubbedFiles++;
          segment = null;
          return;
        }
        case Scanned.Damage damage -> {
          sometimes("bitcask scrubs and finds damage", true);
          segment = null;
          current.quarantine();
          throw new CorruptionException(current.file().path(), damage.offset(), damage.detail());
        }
      }
    }
  }

  /// The next file by its id, in a circle.
  private void begin() {
    List<Segment> sealed = folder.sealed();
    Segment next = null;
    for (Segment candidate : sealed) {
      boolean behind = candidate.fileId() > lastFileId;
      boolean nextIsBehind = next != null && next.fileId() > lastFileId;
      boolean better =
          next == null
              || (behind && !nextIsBehind)
              || (behind == nextIsBehind && candidate.fileId() < next.fileId());
      if (candidate.isMergeable() && better) {
        next = candidate;
      }
    }
    segment = next;
    if (next != null) {
      lastFileId = next.fileId();
      scanner = next.scan(frameCheck);
    }
  }
}
