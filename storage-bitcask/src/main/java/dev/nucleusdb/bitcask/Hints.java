package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.hint.HintBuilder;
import dev.nucleusdb.bitcask.hint.HintRule;
import dev.nucleusdb.bitcask.offheap.ChunkPool;
import dev.nucleusdb.bitcask.segment.HintWriter;
import dev.nucleusdb.bitcask.segment.Scanned;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.bitcask.segment.SegmentScanner;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.trace.Trace;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes the hints that sealed files lack, one slice at a time. It reads what was written, frame
/// by frame, so a file that is damaged early is noticed early. Merges write those of their outputs
/// themselves.
final class Hints {
  /// Where nobody waits, what a slice costs is to be woken for it.
  private static final int STEPS_ASIDE = 32;

  private final SegmentFolder folder;
  private final FrameCheck frameCheck;
  private final HintRule rule;
  private final ChunkPool memory;
  private final int sliceBytes;
  private final Trace trace;

  private Consumer<Runnable> aside = Runnable::run;
  private int stepsInSlice = 1;

  private @Nullable Segment segment;

  /// Null once all was read.
  private @Nullable SegmentScanner scanner;

  private HintBuilder builder;
  private @Nullable HintWriter writer;

  /// @param memory lends what is kept of a file until its hint is written
  Hints(
      SegmentFolder folder,
      FrameCheck frameCheck,
      HintRule rule,
      ChunkPool memory,
      int sliceBytes,
      Trace trace) {
    this.rule = rule;
    this.memory = memory;
    this.builder = new HintBuilder(rule, memory);
    this.folder = folder;
    this.frameCheck = frameCheck;
    this.sliceBytes = sliceBytes;
    this.trace = trace;
  }

  /// Does more in a slice from now on, for which others need not wait.
  ///
  /// @param way runs it before it returns
  void stepAsideBy(Consumer<Runnable> way) {
    aside = way;
    stepsInSlice = STEPS_ASIDE;
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
    aside.accept(() -> {
      for (int step = 0; step < stepsInSlice && segment != null; step++) {
        goOn(current);
      }
    });
    return true;
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

  private void goOn(Segment current) {
    SegmentScanner scanning = scanner;
    HintWriter writing = writer;
    if (scanning != null) {
      scan(current, scanning);
    } else if (writing == null) {
      writer = new HintWriter(folder, current, builder, sliceBytes, trace);
    } else if (!writing.slice()) {
      drop();
    }
  }

  private void scan(Segment current, SegmentScanner scanning) {
    long from = scanning.position();
    while (scanning.position() - from < sliceBytes) {
      switch (scanning.next()) {
        case Scanned.Frame frame -> frame.entries().forEach(builder::add);
        case Scanned.Seal _ -> {}
        case Scanned.End _ -> {
          scanner = null;
          return;
        }
        case Scanned.Damage damage -> {
          current.quarantine();
          drop();
          throw new CorruptionException(current.file().path(), damage.offset(), damage.detail());
        }
      }
    }
  }

  /// Lets go of the hint under way, and of its memory.
  void drop() {
    if (writer != null) {
      writer.drop();
    }
    builder.close();
    segment = null;
    scanner = null;
    builder = new HintBuilder(rule, memory);
    writer = null;
  }
}
