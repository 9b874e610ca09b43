package dev.nucleusdb.bitcask.merge;

import static dev.nucleusdb.core.assertion.Assertions.invariant;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.format.FrameKind;
import dev.nucleusdb.bitcask.format.FrameWriter;
import dev.nucleusdb.bitcask.format.StoredValue;
import dev.nucleusdb.bitcask.hint.HintBuilder;
import dev.nucleusdb.bitcask.hint.HintRule;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.bitcask.offheap.ChunkPool;
import dev.nucleusdb.bitcask.segment.HintWriter;
import dev.nucleusdb.bitcask.segment.Scanned;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.bitcask.segment.SegmentScanner;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Copies what counts from the inputs of one merge to its outputs, in slices, and writes the hint
/// of each output once it is full. Every frame that it reads is verified, and what it reads is
/// counted against what is known of the file.
///
/// Reading and copying, the hints and the syncs are done aside: others may write meanwhile, as they
/// touch neither inputs nor outputs, and what they overwrite is found out when the index is moved.
/// Nothing else is: files are made and sealed in the turn of the caller.
final class Copier {
  /// Records of many frames are written as one, up to this size: a frame has a head of 40 bytes,
  /// and damage to one is damage to all that is read by frames.
  static final int FRAME_BYTES_MAX = 16 * 1024;

  private static final int UNSYNCED_SLICES_MAX = 4;

  private final SegmentFolder folder;
  private final Keydir keydir;
  private final MergeLimits limits;
  private final FrameCheck frameCheck;
  private final TombstoneRule tombstoneRule;
  private final HintRule hintRule;
  private final Trace trace;
  private final long nowMillis;
  private final Consumer<Runnable> aside;
  private final List<Segment> inputs;
  private final long lowestSequenceOutside;
  private final FrameWriter writer = new FrameWriter();

  private final ChunkPool memory;

  private final List<Segment> outputs = new ArrayList<>();
  private final Moves moves;

  private final long copyBytesMax;
  private int inputIndex;
  private long inputEntries;
  private long droppedCount;
  private long readBytes;
  private @Nullable SegmentScanner scanner;

  /// The frame that is being copied, and which of its records is next; null before the next one.
  private @Nullable List<Entry> frame;

  private int nextEntry;
  private byte[] key = {};

  /// A frame is being made for the last output.
  private boolean frameBegun;

  /// A record that counts waits for an output that has room.
  private boolean outputWanted;

  /// What the last output holds.
  private HintBuilder outputRecords;

  /// Writes the hint of an output that is full.
  private @Nullable HintWriter hint;

  Copier(
      SegmentFolder folder,
      Keydir keydir,
      MergeLimits limits,
      FrameCheck frameCheck,
      TombstoneRule tombstoneRule,
      HintRule hintRule,
      ChunkPool memory,
      Trace trace,
      long nowMillis,
      Consumer<Runnable> aside,
      List<Segment> inputs) {
    this.folder = folder;
    this.keydir = keydir;
    this.limits = limits;
    this.frameCheck = frameCheck;
    this.tombstoneRule = tombstoneRule;
    this.hintRule = hintRule;
    this.memory = memory;
    this.moves = new Moves(memory);
    this.outputRecords = new HintBuilder(hintRule, memory);
    this.trace = trace;
    this.nowMillis = nowMillis;
    this.aside = aside;
    this.inputs = inputs;
    this.copyBytesMax =
        inputs.stream().mapToLong(input -> MergeChoice.copyBytesMax(input, limits)).sum();
    this.lowestSequenceOutside = MergeChoice.lowestSequenceOutside(folder, inputs);
  }

  List<Segment> inputs() {
    return inputs;
  }

  /// What it may still write, at most.
  long leftBytesMax() {
    long left = copyBytesMax;
    for (Segment output : outputs) {
      left -= output.file().sizeBytes();
    }
    return Math.max(0, left);
  }

  List<Segment> outputs() {
    return outputs;
  }

  Moves moves() {
    return moves;
  }

  long droppedCount() {
    return droppedCount;
  }

  /// Bytes read of the inputs.
  long readBytes() {
    return readBytes;
  }

  /// The file that is being read.
  Segment currentInput() {
    return inputs.get(Math.min(inputIndex, inputs.size() - 1));
  }

  /// Reads the next frames and writes what counts of them; or a part of a hint; or makes durable
  /// what it has written, so that no sync at the end has to carry a whole file.
  ///
  /// @return false once all inputs have been read and all hints are written
  boolean slice() {
    HintWriter writing = hint;
    if (writing != null) {
      aside.accept(() -> hint = writing.slice() ? writing : null);
    } else if (!outputs.isEmpty() && unsyncedBytes(outputs.getLast()) >= unsyncedBytesMax()) {
      sync(outputs.getLast());
    } else {
      aside.accept(this::copySome);
      boolean isLast = inputIndex == inputs.size();
      if ((isLast || outputWanted) && !outputs.isEmpty()) {
        seal(outputs.getLast());
      }
      if (outputWanted) {
        outputs.add(folder.createSegment(aside));
        outputWanted = false;
        trace.point("bitcask.merge.output-created");
      }
    }
    return inputIndex < inputs.size() || hint != null;
  }

  private void seal(Segment output) {
    output.seal();
    hint = new HintWriter(folder, output, outputRecords, limits.sliceBytes(), trace);
    outputRecords = new HintBuilder(hintRule, memory);
  }

  /// Lets go of the hint under way and of what it keeps in memory.
  void drop() {
    if (hint != null) {
      hint.drop();
    }
    outputRecords.close();
    moves.close();
  }

  /// Makes an output durable as far as it is written.
  void sync(Segment output) {
    long bytes = output.file().sizeBytes();
    aside.accept(output.file()::syncNow);
    output.madeDurable(bytes);
    trace.point("bitcask.merge.output-synced");
  }

  private long unsyncedBytesMax() {
    return (long) UNSYNCED_SLICES_MAX * limits.sliceBytes();
  }

  private static long unsyncedBytes(Segment output) {
    return output.file().sizeBytes() - output.durableBytes();
  }

  private void copySome() {
    long before = readBytes;
    while (readBytes - before < limits.sliceBytes()
        && inputIndex < inputs.size()
        && !outputWanted) {
      List<Entry> entries = frame;
      if (entries == null) {
        readBytes += readFrame();
      } else {
        copy(inputs.get(inputIndex), entries);
      }
    }
    finishFrame();
  }

  private long readFrame() {
    Segment input = inputs.get(inputIndex);
    if (scanner == null) {
      scanner = input.scan(frameCheck);
      scanner.verifyFileHeader();
      inputEntries = 0;
    }
    return switch (scanner.next()) {
      case Scanned.Frame next -> {
        inputEntries += next.entries().size();
        frame = next.entries();
        nextEntry = 0;
        yield next.header().frameBytes();
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

  /// Copies the records of a frame, up to the first for which no output has room.
  private void copy(Segment input, List<Entry> entries) {
    while (nextEntry < entries.size()) {
      Entry entry = entries.get(nextEntry);
      byte[] entryKey = keyOf(entry);
      if (!counts(input, entry, entryKey)) {
        droppedCount++;
      } else if (hasRoom()) {
        write(input, outputs.getLast(), entry, entryKey);
        if (writer.sizeBytes() >= FRAME_BYTES_MAX) {
          finishFrame();
        }
      } else {
        outputWanted = true;
        return;
      }
      nextEntry++;
    }
    frame = null;
  }

  /// A copy of the key, good until the next call.
  private byte[] keyOf(Entry entry) {
    if (key.length != entry.keyBytes()) {
      key = new byte[entry.keyBytes()];
    }
    entry.copyKey(key, 0);
    return key;
  }

  private boolean hasRoom() {
    if (outputs.isEmpty()) {
      return false;
    }
    long frameBytes = frameBegun ? writer.sizeBytes() : 0;
    return outputs.getLast().file().sizeBytes() + frameBytes < limits.outputSizeBytes();
  }

  private void finishFrame() {
    if (frameBegun) {
      Segment output = outputs.getLast();
      output.file().append(writer.finishMerged());
      output.countFrame(writer.frameChecksum());
      trace.point("bitcask.merge.copied");
      frameBegun = false;
    }
  }

  /// Writes an entry into the frame for the output; what has expired goes on as a tombstone, for it
  /// still hides what is older. It is counted at once: if the frame cannot be appended, the output
  /// is of no use.
  private void write(Segment input, Segment output, Entry entry, byte[] entryKey) {
    if (!frameBegun) {
      writer.begin(FrameKind.MERGED, output.fileId(), output.file().sizeBytes(), output.cipher());
      frameBegun = true;
    }
    boolean tombstone = entry.isTombstone() || isExpired(entry);
    StoredValue value = tombstone ? StoredValue.tombstone() : entry.storedValue();
    long expiry = tombstone ? Entry.NEVER : entry.expiry();
    long offset = writer.add(entryKey, value, entry.sequence(), expiry);
    int sizeBytes = writer.entryBytes();
    output.count(sizeBytes, entry.sequence(), tombstone, expiry);
    outputRecords.add(entryKey, offset, sizeBytes, entry.sequence(), tombstone);
    if (!entry.isTombstone()) {
      long to = tombstone ? Place.NONE : Place.of(output.number(), offset, sizeBytes, false);
      moves.add(entryKey, placeOf(input, entry), to, entry.sizeBytes());
    }
  }

  /// A put counts if the index points at it. A tombstone counts unless a newer put is there, or
  /// nothing is left that it must hide; so does a put that has expired.
  private boolean counts(Segment input, Entry entry, byte[] entryKey) {
    long current = keydir.get(entryKey);
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
      moves.add(entryKey, current, Place.NONE, entry.sizeBytes());
    }
    return !drop;
  }

  private boolean isExpired(Entry entry) {
    return entry.expiry() <= nowMillis;
  }

  private static long placeOf(Segment segment, Entry entry) {
    return Place.of(segment.number(), entry.offset(), entry.sizeBytes(), false);
  }
}
