package dev.nucleusdb.bitcask.merge;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.hint.HintRule;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.bitcask.offheap.ChunkPool;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Gives space back: copies what counts out of files that are mostly dead, and removes them. Runs
/// in slices between writes; a crash at any moment leaves the old files or the new ones in force.
public final class Merge {
  private static final TraceKind BEGIN =
      TraceKind.of("bitcask.merge", "inputs", "entryBytes", "liveBytes");
  private static final TraceKind DONE =
      TraceKind.of("bitcask.merged", "outputs", "copied", "dropped");
  private static final TraceKind ABANDONED = TraceKind.of("bitcask.merge-abandoned", "inputs");

  /// The index is pointed at so many copies in one slice: who writes waits for it.
  private static final int MOVES_AT_ONCE = 256;

  private final SegmentFolder folder;
  private final Keydir keydir;
  private final MergeLimits limits;
  private final FrameCheck frameCheck;
  private final TombstoneRule tombstoneRule;
  private final MoveRule moveRule;
  private final InstallOrder installOrder;
  private final HintRule hintRule;
  private final ChunkPool memory;
  private final Runnable syncActive;
  private final LongSupplier nowMillis;
  private final Consumer<Runnable> aside;
  private final Trace trace;

  private @Nullable Copier copier;
  private boolean copying;
  private long writtenBytes;
  private long readBytes;
  private int stepIndex;
  private int deletedCount;

  /// @param folder the files
  /// @param keydir the index
  /// @param limits what bounds a merge
  /// @param frameCheck whether a frame is whole
  /// @param tombstoneRule whether a tombstone may go
  /// @param moveRule whether a copy may take over
  /// @param installOrder how a finished merge is put in force
  /// @param hintRule what stands in the hints of outputs
  /// @param memory lends what is kept until the merge is in force
  /// @param syncActive makes everything written to the active file durable before it returns
  /// @param nowMillis milliseconds since 1970, for what expires; never goes back
  /// @param aside does what others need not wait for, before it returns
  /// @param trace where merges are told
  public Merge(
      SegmentFolder folder,
      Keydir keydir,
      MergeLimits limits,
      FrameCheck frameCheck,
      TombstoneRule tombstoneRule,
      MoveRule moveRule,
      InstallOrder installOrder,
      HintRule hintRule,
      ChunkPool memory,
      Runnable syncActive,
      LongSupplier nowMillis,
      Consumer<Runnable> aside,
      Trace trace) {
    this.folder = folder;
    this.keydir = keydir;
    this.limits = limits;
    this.frameCheck = frameCheck;
    this.tombstoneRule = tombstoneRule;
    this.moveRule = moveRule;
    this.installOrder = installOrder;
    this.hintRule = hintRule;
    this.memory = memory;
    this.syncActive = syncActive;
    this.nowMillis = nowMillis;
    this.aside = aside;
    this.trace = trace;
  }

  /// Does one slice, if a merge is under way or due. A full disk ends the merge and leaves
  /// everything as it was.
  ///
  /// @return true if there is more to do
  /// @throws CorruptionException if an input is damaged; the merge is given up, the file is kept
  ///   and never merged again
  public boolean slice() {
    Copier current = copier;
    if (current == null) {
      return begin();
    }
    try {
      if (copying) {
        long before = current.readBytes();
        copying = current.slice();
        readBytes += current.readBytes() - before;
        return true;
      }
      return install(current);
    } catch (CorruptionException damage) {
      current.currentInput().quarantine();
      abandon(current);
      throw damage;
    } catch (DiskException failure) {
      if (failure.kind() != DiskException.Kind.NO_SPACE) {
        throw failure;
      }
      sometimes("bitcask gives up a merge on a full disk", true);
      abandon(current);
      return false;
    }
  }

  /// What the merge that is under way may still write, at most: it began because there was room for
  /// that.
  public long promisedBytes() {
    return copier == null || !copying ? 0 : copier.leftBytesMax();
  }

  /// Bytes of all outputs since the store was opened.
  public long writtenBytes() {
    return writtenBytes;
  }

  /// Bytes of inputs that were read since the store was opened.
  public long readBytes() {
    return readBytes;
  }

  /// Ends what has begun to be put in force, so that the index points into files of the manifest
  /// alone. A merge that still copies is left as it is: the next open removes its outputs.
  public void settle() {
    while (copier != null && !copying) {
      slice();
    }
  }

  /// Lets go of the files that it has open for itself, and of its memory. Nothing may be called
  /// afterwards.
  public void drop() {
    if (copier != null) {
      copier.drop();
    }
  }

  private boolean begin() {
    List<Segment> inputs = MergeChoice.inputs(folder, limits, nowMillis.getAsLong());
    if (inputs.isEmpty()) {
      return false;
    }
    long entryBytes = inputs.stream().mapToLong(Segment::entryBytes).sum();
    long liveBytes = inputs.stream().mapToLong(Segment::liveBytes).sum();
    trace.event(BEGIN, inputs.size(), entryBytes, liveBytes);
    copier =
        new Copier(
            folder,
            keydir,
            limits,
            frameCheck,
            tombstoneRule,
            hintRule,
            memory,
            trace,
            nowMillis.getAsLong(),
            aside,
            inputs);
    copying = true;
    stepIndex = 0;
    deletedCount = 0;
    return true;
  }

  private boolean install(Copier current) {
    List<InstallStep> steps = installOrder.steps();
    if (stepIndex < steps.size() && perform(steps.get(stepIndex), current)) {
      stepIndex++;
    }
    if (stepIndex < steps.size()) {
      return true;
    }
    for (Segment output : current.outputs()) {
      writtenBytes += output.file().sizeBytes();
    }
    trace.event(DONE, current.outputs().size(), current.moves().count(), current.droppedCount());
    current.drop();
    copier = null;
    return true;
  }

  /// Returns whether the step is done.
  private boolean perform(InstallStep step, Copier current) {
    return switch (step) {
      case SYNC_WITNESSES -> {
        if (current.droppedCount() > 0) {
          syncActive.run();
        }
        trace.point("bitcask.merge.witnesses-synced");
        yield true;
      }
      case SYNC_OUTPUTS -> syncOutputs(current);
      case SWITCH_MANIFEST -> switchManifest(current);
      case MOVE_INDEX -> moveIndex(current);
      case DELETE_INPUTS -> deleteInputs(current);
    };
  }

  private boolean syncOutputs(Copier current) {
    for (Segment output : current.outputs()) {
      if (output.durableBytes() < output.file().sizeBytes()) {
        current.sync(output);
        return false;
      }
    }
    aside.accept(folder::syncNames);
    trace.point("bitcask.merge.outputs-named");
    return true;
  }

  private boolean switchManifest(Copier current) {
    folder.install(
        () -> {
          List<Segment> sealed = new ArrayList<>(folder.sealed());
          sealed.removeAll(current.inputs());
          sealed.addAll(current.outputs());
          return sealed;
        },
        aside);
    trace.point("bitcask.merge.switched");
    return true;
  }

  private boolean moveIndex(Copier current) {
    Moves moves = current.moves();
    long bytes = 0;
    for (int i = 0; i < MOVES_AT_ONCE && bytes < limits.sliceBytes(); i++) {
      if (!moves.next()) {
        return true;
      }
      move(moves.key(), moves.from(), moves.to(), moves.sizeBytes());
      bytes += moves.sizeBytes();
    }
    return false;
  }

  private void move(byte[] key, long from, long to, int sizeBytes) {
    long place = keydir.get(key);
    boolean moved = place != Place.NONE && moveRule.mayMove(place, from);
    if (moved && to != Place.NONE) {
      keydir.move(key, to);
      folder.segmentOf(to).becameLive(sizeBytes);
      folder.segmentOf(from).becameDead(sizeBytes);
    } else if (moved) {
      keydir.remove(key);
      folder.segmentOf(from).becameDead(sizeBytes);
    }
    sometimes("bitcask merge copies a record that has changed since", !moved);
  }

  private boolean deleteInputs(Copier current) {
    folder.discard(current.inputs().get(deletedCount++), aside);
    trace.point("bitcask.merge.input-deleted");
    return deletedCount == current.inputs().size();
  }

  private void abandon(Copier current) {
    trace.event(ABANDONED, current.inputs().size(), 0, 0);
    copier = null;
    current.drop();
    current.outputs().forEach(folder::discard);
  }
}
