package dev.nucleusdb.bitcask.merge;

import static dev.nucleusdb.core.assertion.Assertions.invariant;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.format.FrameWriter;
import dev.nucleusdb.bitcask.format.StoredValue;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.bitcask.segment.Scanned;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.bitcask.segment.SegmentScanner;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Copies what counts from the inputs of one merge to its outputs, frame by frame, in slices. Every
/// frame that it reads is verified, and what it reads is counted against what is known of the file.
final class Copier {
  private static final int UNSYNCED_SLICES_MAX = 4;

  private final SegmentFolder folder;
  private final Keydir keydir;
  private final MergeLimits limits;
  private final FrameCheck frameCheck;
  private final TombstoneRule tombstoneRule;
  private final Trace trace;
  private final long nowMillis;
  private final Consumer<DiskFile> outputSync;
  private final List<Segment> inputs;
  private final long lowestSequenceOutside;
  private final FrameWriter writer = new FrameWriter();

  private final List<Segment> outputs = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private int inputIndex;
  private long inputEntries;
  private long droppedCount;
  private @Nullable SegmentScanner scanner;

  /// A record that was copied, or, with no place to go, one that has expired.
  record Move(byte[] key, long from, long to, int sizeBytes) {}

  Copier(
      SegmentFolder folder,
      Keydir keydir,
      MergeLimits limits,
      FrameCheck frameCheck,
      TombstoneRule tombstoneRule,
      Trace trace,
      long nowMillis,
      Consumer<DiskFile> outputSync,
      List<Segment> inputs) {
    this.folder = folder;
    this.keydir = keydir;
    this.limits = limits;
    this.frameCheck = frameCheck;
    this.tombstoneRule = tombstoneRule;
    this.trace = trace;
    this.nowMillis = nowMillis;
    this.outputSync = outputSync;
    this.inputs = inputs;
    this.lowestSequenceOutside = MergeChoice.lowestSequenceOutside(folder, inputs);
  }

  List<Segment> inputs() {
    return inputs;
  }

  List<Segment> outputs() {
    return outputs;
  }

  List<Move> moves() {
    return moves;
  }

  long droppedCount() {
    return droppedCount;
  }

  /// The file that is being read.
  Segment currentInput() {
    return inputs.get(Math.min(inputIndex, inputs.size() - 1));
  }

  /// Reads the next frames and writes what counts of them; or makes durable what it has written, so
  /// that no sync at the end has to carry a whole file.
  ///
  /// @return false once all inputs have been read
  boolean slice() {
    if (!outputs.isEmpty() && unsyncedBytes(outputs.getLast()) >= unsyncedBytesMax()) {
      sync(outputs.getLast());
      return true;
    }
    long readBytes = 0;
    while (readBytes < limits.sliceBytes() && inputIndex < inputs.size()) {
      readBytes += oneFrame();
    }
    boolean more = inputIndex < inputs.size();
    if (!more && !outputs.isEmpty()) {
      outputs.getLast().seal();
    }
    return more;
  }

  /// Makes an output durable as far as it is written.
  void sync(Segment output) {
    long bytes = output.file().sizeBytes();
    outputSync.accept(output.file());
    output.madeDurable(bytes);
    trace.point("bitcask.merge.output-synced");
  }

  private long unsyncedBytesMax() {
    return (long) UNSYNCED_SLICES_MAX * limits.sliceBytes();
  }

  private static long unsyncedBytes(Segment output) {
    return output.file().sizeBytes() - output.durableBytes();
  }

  private long oneFrame() {
    Segment input = inputs.get(inputIndex);
    if (scanner == null) {
      scanner = input.scan(frameCheck);
      scanner.verifyFileHeader();
      inputEntries = 0;
    }
    return switch (scanner.next()) {
      case Scanned.Frame frame -> {
        inputEntries += frame.entries().size();
        copy(input, frame);
        yield frame.header().frameBytes();
      }
      case Scanned.Seal _ -> Footer.FRAME_BYTES;
      case Scanned.End _ -> {
        invariant(
            inputEntries == input.entryCount(),
            "a merge read %d entries of a file that holds %d",
            inputEntries,
            input.entryCount());
        inputIndex++;
        scanner = null;
        yield 0;
      }
      case Scanned.Damage damage ->
          throw new CorruptionException(input.file().path(), damage.offset(), damage.detail());
    };
  }

  private void copy(Segment input, Scanned.Frame frame) {
    List<Entry> kept = new ArrayList<>();
    for (Entry entry : frame.entries()) {
      if (counts(input, entry)) {
        kept.add(entry);
      }
    }
    droppedCount += frame.entries().size() - kept.size();
    if (kept.isEmpty()) {
      return;
    }
    Segment output = output();
    writer.begin(output.fileId(), output.file().sizeBytes(), output.cipher());
    List<Copied> copies = new ArrayList<>();
    kept.forEach(entry -> copies.add(write(input, output, entry)));
    output.file().append(writer.finishMerged());
    output.countFrame(writer.frameChecksum());
    trace.point("bitcask.merge.copied");
    for (Copied copy : copies) {
      output.count(copy.sizeBytes, copy.sequence, copy.tombstone, copy.expiry);
      if (copy.move != null) {
        moves.add(copy.move);
      }
    }
  }

  private record Copied(
      int sizeBytes, long sequence, boolean tombstone, long expiry, @Nullable Move move) {}

  /// Writes an entry into the frame for the output; what has expired goes on as a tombstone, for it
  /// still hides what is older.
  private Copied write(Segment input, Segment output, Entry entry) {
    byte[] key = entry.key();
    boolean tombstone = entry.isTombstone() || isExpired(entry);
    StoredValue value = tombstone ? StoredValue.tombstone() : entry.storedValue();
    long expiry = tombstone ? Entry.NEVER : entry.expiry();
    long offset = writer.add(key, value, entry.sequence(), expiry);
    int sizeBytes = writer.entryBytes();
    Move move =
        entry.isTombstone()
            ? null
            : new Move(
                key,
                placeOf(input, entry),
                tombstone ? Place.NONE : Place.of(output.number(), offset, sizeBytes, false),
                sizeBytes);
    return new Copied(sizeBytes, entry.sequence(), tombstone, expiry, move);
  }

  /// A put counts if the index points at it. A tombstone counts unless a newer put is there, or
  /// nothing is left that it must hide; so does a put that has expired.
  private boolean counts(Segment input, Entry entry) {
    long current = keydir.get(entry.key());
    if (!entry.isTombstone() && current != placeOf(input, entry)) {
      return false;
    }
    if (!entry.isTombstone() && !isExpired(entry)) {
      return true;
    }
    boolean hiddenByNewer = entry.isTombstone() && current != Place.NONE;
    boolean drop = hiddenByNewer || tombstoneRule.mayDrop(entry.sequence(), lowestSequenceOutside);
    sometimes("bitcask merge carries a tombstone on", !drop);
    if (drop && !entry.isTombstone()) {
      moves.add(new Move(entry.key(), current, Place.NONE, entry.sizeBytes()));
    }
    return !drop;
  }

  private boolean isExpired(Entry entry) {
    return entry.expiry() <= nowMillis;
  }

  private static long placeOf(Segment segment, Entry entry) {
    return Place.of(segment.number(), entry.offset(), entry.sizeBytes(), false);
  }

  private Segment output() {
    if (outputs.isEmpty() || outputs.getLast().file().sizeBytes() >= limits.outputSizeBytes()) {
      if (!outputs.isEmpty()) {
        outputs.getLast().seal();
      }
      outputs.add(folder.createSegment());
      trace.point("bitcask.merge.output-created");
    }
    return outputs.getLast();
  }
}
