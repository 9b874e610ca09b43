package dev.nucleusdb.bitcask.segment;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.hint.HintBuilder;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.trace.Trace;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Writes the hint of one sealed file, of which all records are known, some at a time: makes the
/// blocks, appends them. It uses nothing but what it was given, so others may write to the store
/// meanwhile.
///
/// The file need not be in force yet: a hint says of which content it is, and a crash leaves none
/// beside a file that no manifest names.
public final class HintWriter {
  private final SegmentFolder folder;
  private final Segment segment;
  private final HintBuilder records;
  private final int sliceBytes;
  private final Trace trace;

  private int pieceCount;
  private @Nullable DiskFile file;

  /// @param segment sealed
  /// @param records all that it holds; closed with this
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
      return file == null ? encode() : append(file);
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
      file = folder.hints().create(segment);
    }
    return true;
  }

  private boolean append(DiskFile into) {
    for (int bytes = 0; bytes < sliceBytes; ) {
      byte[] piece = pieceCount == 0 ? head() : records.takeBlock();
      if (piece == null) {
        sometimes("bitcask writes a hint", true);
        segment.hintSettled();
        drop();
        return false;
      }
      byte[] written = folder.hints().written(segment, pieceCount++, piece);
      into.append(ByteBuffer.wrap(written));
      trace.point("bitcask.hint.appended");
      bytes += written.length;
    }
    return true;
  }

  private byte[] head() {
    return records.head(
        folder.storeId(),
        segment.fileId(),
        segment.file().sizeBytes(),
        segment.footer().contentChecksum(),
        segment.lowestSequence());
  }

  /// Lets go of the file and of the records.
  public void drop() {
    records.close();
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
