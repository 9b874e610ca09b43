package dev.nucleusdb.bitcask;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;
import static java.util.Objects.requireNonNull;

import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.hint.HintBuilder;
import dev.nucleusdb.bitcask.segment.Scanned;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.bitcask.segment.SegmentScanner;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.trace.Trace;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Writes the hints that sealed files lack, one slice at a time. It reads what was written, frame
/// by frame, so a file that is damaged early is noticed early.
final class Hints {
  private final SegmentFolder folder;
  private final FrameCheck frameCheck;
  private final int sliceBytes;
  private final Trace trace;

  private @Nullable Segment segment;

  /// Null once all was read.
  private @Nullable SegmentScanner scanner;

  private HintBuilder builder = new HintBuilder();
  private @Nullable Iterator<byte[]> pieces;
  private int pieceCount;
  private @Nullable DiskFile file;

  Hints(SegmentFolder folder, FrameCheck frameCheck, int sliceBytes, Trace trace) {
    this.folder = folder;
    this.frameCheck = frameCheck;
    this.sliceBytes = sliceBytes;
    this.trace = trace;
  }

  /// Does one slice, if a sealed file lacks its hint.
  ///
  /// @return true if there is more to do
  /// @throws CorruptionException if the file is damaged: it is kept, never merged, gets no hint
  boolean slice() {
    Segment current = segment;
    if (current == null || !folder.sealed().contains(current)) {
      return begin();
    }
    try {
      return pieces != null
          ? append(current, pieces)
          : scanner != null ? scan(current, scanner) : encode(current);
    } catch (DiskException failure) {
      if (failure.kind() != DiskException.Kind.NO_SPACE) {
        throw failure;
      }
      // A hint saves time, never data: without space there is none.
      current.hintSettled();
      drop();
      folder.hints().delete(current);
      return false;
    }
  }

  private boolean begin() {
    drop();
    for (Segment sealed : folder.sealed()) {
      if (!sealed.isHintSettled()) {
        segment = sealed;
        scanner = sealed.scan(frameCheck);
        return true;
      }
    }
    return false;
  }

  private boolean scan(Segment current, SegmentScanner scanning) {
    long from = scanning.position();
    while (scanning.position() - from < sliceBytes) {
      switch (scanning.next()) {
        case Scanned.Frame frame -> frame.entries().forEach(builder::add);
        case Scanned.Seal _ -> {}
        case Scanned.End _ -> {
          scanner = null;
          return true;
        }
        case Scanned.Damage damage -> {
          current.quarantine();
          drop();
          throw new CorruptionException(current.file().path(), damage.offset(), damage.detail());
        }
      }
    }
    return true;
  }

  private boolean encode(Segment current) {
    if (!builder.encodeBlock(current.fileId(), current.lowestSequence())) {
      pieces =
          builder
              .pieces(
                  folder.storeId(),
                  current.fileId(),
                  current.file().sizeBytes(),
                  current.footer().contentChecksum(),
                  current.lowestSequence())
              .iterator();
      pieceCount = 0;
      file = folder.hints().create(current);
    }
    return true;
  }

  private boolean append(Segment current, Iterator<byte[]> rest) {
    DiskFile into = requireNonNull(file);
    for (int bytes = 0; rest.hasNext() && bytes < sliceBytes; ) {
      byte[] piece = folder.hints().written(current, pieceCount++, rest.next());
      HintBuilder.append(into, piece);
      trace.point("bitcask.hint.appended");
      bytes += piece.length;
    }
    if (rest.hasNext()) {
      return true;
    }
    sometimes("bitcask writes a hint", true);
    current.hintSettled();
    drop();
    return true;
  }

  /// Lets go of the hint under way.
  void drop() {
    if (file != null) {
      file.close();
    }
    segment = null;
    scanner = null;
    builder = new HintBuilder();
    pieces = null;
    file = null;
  }
}
