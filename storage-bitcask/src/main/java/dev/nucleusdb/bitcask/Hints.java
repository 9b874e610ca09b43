package dev.nucleusdb.bitcask;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;
import static java.util.Objects.requireNonNull;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.hint.HintBuilder;
import dev.nucleusdb.bitcask.hint.Hinted;
import dev.nucleusdb.bitcask.segment.Scanned;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.bitcask.segment.SegmentScanner;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.trace.Trace;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the hints that sealed files lack, one slice at a time. It reads what was written, frame
/// by frame, so a file that is damaged early is noticed early.
final class Hints {
  private final SegmentFolder folder;
  private final FrameCheck frameCheck;
  private final int sliceBytes;
  private final Trace trace;

  private @Nullable Segment segment;
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
      return pieces == null ? scan(current) : append(current);
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
        builder = new HintBuilder();
        scanner = sealed.scan(frameCheck);
        return true;
      }
    }
    return false;
  }

  private boolean scan(Segment current) {
    SegmentScanner scanning = requireNonNull(scanner);
    long from = scanning.position();
    while (scanning.position() - from < sliceBytes) {
      switch (scanning.next()) {
        case Scanned.Frame frame -> frame.entries().forEach(this::add);
        case Scanned.Seal _ -> {}
        case Scanned.End _ -> {
          pieces = encode(current).iterator();
          pieceCount = 0;
          file = folder.hints().create(current);
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

  private void add(Entry entry) {
    builder.add(
        new Hinted(
            entry.key(), entry.offset(), entry.sizeBytes(), entry.sequence(), entry.isTombstone()));
  }

  private List<byte[]> encode(Segment current) {
    return builder.encode(
        folder.storeId(),
        current.fileId(),
        current.file().sizeBytes(),
        current.footer().contentChecksum(),
        current.lowestSequence());
  }

  private boolean append(Segment current) {
    Iterator<byte[]> rest = requireNonNull(pieces);
    DiskFile into = requireNonNull(file);
    if (rest.hasNext()) {
      HintBuilder.append(into, folder.hints().written(current, pieceCount++, rest.next()));
      trace.point("bitcask.hint.appended");
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
    pieces = null;
    file = null;
  }
}
