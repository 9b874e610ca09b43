package dev.nucleusdb.bitcask.segment;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;
import static java.util.Objects.requireNonNull;

import dev.nucleusdb.bitcask.hint.HintBuilder;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.trace.Trace;
import java.nio.ByteBuffer;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Writes the hint of one sealed file, of which all records are known, some at a time: sorts them,
/// makes the blocks, appends them. It uses nothing but what it was given, so others may write to
/// the store meanwhile.
///
/// The file need not be in force yet: a hint says of which content it is, and a crash leaves none
/// beside a file that no manifest names.
public final class HintWriter {
  private final SegmentFolder folder;
  private final Segment segment;
  private final HintBuilder records;
  private final int sliceBytes;
  private final Trace trace;

  private boolean sorted;
  private @Nullable Iterator<byte[]> pieces;
  private int pieceCount;
  private @Nullable DiskFile file;

  /// @param segment sealed
  /// @param records all that it holds
  /// @param sliceBytes appended in one slice, and at least one block
  public HintWriter(
      SegmentFolder folder, Segment segment, HintBuilder records, int sliceBytes, Trace trace) {
    this.folder = folder;
    this.segment = segment;
    this.records = records;
    this.sliceBytes = sliceBytes;
    this.trace = trace;
  }

  /// Does one slice. On a full disk there will be no hint: it saves time, never data.
  ///
  /// @return whether there is more to do
  public boolean slice() {
    try {
      if (!sorted) {
        sorted = !records.sortSome();
        return true;
      }
      return pieces == null ? encode() : append(pieces);
    } catch (DiskException failure) {
      if (failure.kind() != DiskException.Kind.NO_SPACE) {
        throw failure;
      }
      segment.hintSettled();
      drop();
      folder.hints().delete(segment);
      return false;
    }
  }

  private boolean encode() {
    if (!records.encodeBlock(segment.fileId(), segment.lowestSequence())) {
      pieces =
          records
              .pieces(
                  folder.storeId(),
                  segment.fileId(),
                  segment.file().sizeBytes(),
                  segment.footer().contentChecksum(),
                  segment.lowestSequence())
              .iterator();
      file = folder.hints().create(segment);
    }
    return true;
  }

  private boolean append(Iterator<byte[]> rest) {
    DiskFile into = requireNonNull(file);
    for (int bytes = 0; rest.hasNext() && bytes < sliceBytes; ) {
      byte[] piece = folder.hints().written(segment, pieceCount++, rest.next());
      into.append(ByteBuffer.wrap(piece));
      trace.point("bitcask.hint.appended");
      bytes += piece.length;
    }
    if (rest.hasNext()) {
      return true;
    }
    sometimes("bitcask writes a hint", true);
    segment.hintSettled();
    drop();
    return false;
  }

  /// Lets go of the file.
  public void drop() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
