package dev.nucleusdb.bitcask.merge;

import static dev.nucleusdb.core.assertion.Assertions.invariant;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.keydir.Keydir;
import dev.nucleusdb.bitcask.keydir.Place;
import dev.nucleusdb.bitcask.segment.Entry;
import dev.nucleusdb.bitcask.segment.FrameCheck;
import dev.nucleusdb.bitcask.segment.FrameWriter;
import dev.nucleusdb.bitcask.segment.Scanned;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.bitcask.segment.SegmentScanner;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.trace.Trace;
import java.util.ArrayList;
import java.util.List;
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
  private final List<Segment> inputs;
  private final long lowestSequenceOutside;
  private final FrameWriter writer = new FrameWriter();

  private final List<Segment> outputs = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private int inputIndex;
  private long inputEntries;
  private long droppedCount;
  private @Nullable SegmentScanner scanner;

  /// A record that was copied.
  record Move(byte[] key, Place from, Place to) {}

  Copier(
      SegmentFolder folder,
      Keydir keydir,
      MergeLimits limits,
      FrameCheck frameCheck,
      TombstoneRule tombstoneRule,
      Trace trace,
      List<Segment> inputs) {
    this.folder = folder;
    this.keydir = keydir;
    this.limits = limits;
    this.frameCheck = frameCheck;
    this.tombstoneRule = tombstoneRule;
    this.trace = trace;
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
    return inputIndex < inputs.size();
  }

  /// Makes an output durable as far as it is written.
  void sync(Segment output) {
    output.file().syncNow();
    output.madeDurable(output.file().sizeBytes());
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
    long offset = output.file().sizeBytes();
    writer.begin(output.fileId(), offset);
    List<Move> copied = new ArrayList<>();
    for (Entry entry : kept) {
      byte[] key = entry.key();
      long place = writer.add(key, entry.value(), entry.sequence());
      if (!entry.isTombstone()) {
        copied.add(new Move(key, place(input, entry.offset(), entry), place(output, place, entry)));
      }
    }
    output.file().append(writer.finishMerged());
    trace.point("bitcask.merge.copied");
    kept.forEach(entry -> output.count(entry.sizeBytes(), entry.sequence(), entry.isTombstone()));
    moves.addAll(copied);
  }

  /// A put counts if the index points at it. A tombstone counts unless a newer put is there, or
  /// nothing is left that it must hide.
  private boolean counts(Segment input, Entry entry) {
    Place current = keydir.get(entry.key());
    if (!entry.isTombstone()) {
      return current != null && current.equals(place(input, entry.offset(), entry));
    }
    boolean hiddenByNewer = current != null && current.sequence() > entry.sequence();
    boolean drop = hiddenByNewer || tombstoneRule.mayDrop(entry.sequence(), lowestSequenceOutside);
    sometimes("bitcask merge carries a tombstone on", !drop);
    return !drop;
  }

  private static Place place(Segment segment, long offset, Entry entry) {
    return new Place(
        segment.fileId(), offset, entry.sizeBytes(), entry.valueBytes(), entry.sequence());
  }

  private Segment output() {
    if (outputs.isEmpty() || outputs.getLast().file().sizeBytes() >= limits.outputSizeBytes()) {
      outputs.add(folder.createSegment());
      trace.point("bitcask.merge.output-created");
    }
    return outputs.getLast();
  }
}
