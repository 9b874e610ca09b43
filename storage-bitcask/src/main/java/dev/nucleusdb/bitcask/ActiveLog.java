package dev.nucleusdb.bitcask;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.format.FrameWriter;
import dev.nucleusdb.bitcask.recovery.Recovered;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile.SyncCompletion;
import dev.nucleusdb.core.disk.RoomAhead;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The end of the log: where frames are appended, and how far they are durable. After a failure
/// that leaves the outcome open it takes nothing more.
final class ActiveLog {
  private static final TraceKind WRITE =
      TraceKind.of("bitcask.write", "index", "sequence", "frameBytes");
  private static final TraceKind SYNCED = TraceKind.of("bitcask.synced", "index", "durable");
  private static final TraceKind FAILED = TraceKind.of("bitcask.failed", "index", "stopped");

  private final SegmentFolder folder;
  private final SyncedRule syncedRule;
  private final Trace trace;

  /// Number of the next entry. Invariant: above the number of every record in the store.
  private long nextSequence;

  /// Log index of the last batch written.
  private long appliedIndex;

  /// Invariant: `durableIndex <= appliedIndex`, and everything up to it survives a crash.
  private long durableIndex;

  private long writtenBytes;
  private boolean isReadOnly;
  private final RoomAhead room = new RoomAhead();

  /// Says up to where room may be reserved in the active file.
  private LongSupplier roomEndMax = () -> 0;

  private @Nullable DiskException failure;

  ActiveLog(SegmentFolder folder, SyncedRule syncedRule, Trace trace, Recovered recovered) {
    this.folder = folder;
    this.syncedRule = syncedRule;
    this.trace = trace;
    this.nextSequence = recovered.nextSequence();
    this.appliedIndex = recovered.appliedIndex();
  }

  /// Reserves room from now on.
  ///
  /// @param endMax says up to where that may be in the active file
  void reserveUpTo(LongSupplier endMax) {
    roomEndMax = endMax;
  }

  long nextSequence() {
    return nextSequence;
  }

  long appliedIndex() {
    return appliedIndex;
  }

  /// Bytes of all frames since the store was opened.
  long writtenBytes() {
    return writtenBytes;
  }

  long durableIndex() {
    return durableIndex;
  }

  /// The file for a frame of `frameBytes`: the active one, or a new one if it would grow too large.
  Segment room(long frameBytes, long segmentSizeBytes) {
    refuseAfterFailure();
    if (hasFrames() && folder.active().file().sizeBytes() + frameBytes > segmentSizeBytes) {
      sealActive();
    }
    return folder.active();
  }

  private boolean hasFrames() {
    return appliedIndex > folder.baseIndex();
  }

  /// Begins a new active file, if anything is in the one there is.
  void sealActive() {
    refuseAfterFailure();
    if (!hasFrames()) {
      return;
    }
    giveRoomBack();
    try {
      folder.roll(nextSequence, appliedIndex);
    } catch (DiskException rollFailure) {
      stopUnlessSpaceMayComeBack(rollFailure);
      throw rollFailure;
    }
    durableIndex = appliedIndex;
  }

  /// Makes the active file as long as what was appended to it.
  void giveRoomBack() {
    refuseAfterFailure();
    Segment active = folder.active();
    try {
      room.giveBack(active.file());
    } catch (DiskException cutFailure) {
      stopUnlessSpaceMayComeBack(cutFailure);
      throw cutFailure;
    }
    active.reservedTo(0);
  }

  /// Appends a batch; all of it or, if this throws, none.
  void append(Segment segment, FrameWriter frame, long logIndex) {
    int entryCount = frame.entryCount();
    ByteBuffer bytes = frame.finishBatch(nextSequence, logIndex, segment.durableBytes());
    long start = segment.file().sizeBytes();
    trace.event(WRITE, logIndex, nextSequence, bytes.remaining());
    room.beforeAppend(segment.file(), bytes.remaining(), roomEndMax);
    segment.reservedTo(room.reservedTo());
    try {
      segment.file().append(bytes);
    } catch (DiskException appendFailure) {
      takeBack(segment, start, appendFailure);
      throw appendFailure;
    }
    segment.countFrame(frame.frameChecksum());
    writtenBytes += segment.file().sizeBytes() - start;
    trace.point("bitcask.write.appended");
    nextSequence += entryCount;
    appliedIndex = logIndex;
  }

  private void takeBack(Segment segment, long start, DiskException appendFailure) {
    sometimes("bitcask takes a failed append back", true);
    try {
      segment.file().truncate(start);
    } catch (DiskException truncateFailure) {
      DiskException stop =
          new DiskException(
              DiskException.Kind.IO,
              segment.file().path(),
              "a failed append could not be taken back at offset " + start,
              truncateFailure);
      stop.addSuppressed(appendFailure);
      stopUnlessSpaceMayComeBack(stop);
      throw stop;
    }
    stopUnlessSpaceMayComeBack(appendFailure);
  }

  /// Asks for a sync of everything written so far.
  void sync(SyncCompletion completion) {
    if (failure != null) {
      completion.completed(failure);
      return;
    }
    PendingSync sync = beginSync();
    sync.segment()
        .file()
        .sync(syncFailure -> {
          endSync(sync, syncFailure);
          completion.completed(syncFailure);
        });
  }

  /// Begins a sync.
  PendingSync beginSync() {
    refuseAfterFailure();
    Segment segment = folder.active();
    room.syncing(segment.file());
    segment.syncBegun();
    return new PendingSync(segment, segment.file().sizeBytes(), appliedIndex);
  }

  /// Ends a sync.
  void endSync(PendingSync sync, @Nullable DiskException syncFailure) {
    sync.segment().syncEnded();
    folder.closeRetired();
    if (syncFailure == null) {
      sync.segment().madeDurable(sync.bytes());
      durableIndex = Math.max(durableIndex, syncedRule.durable(sync.index(), appliedIndex));
      trace.event(SYNCED, sync.index(), durableIndex, 0);
    } else {
      stop(syncFailure);
    }
  }

  /// Makes everything written so far durable before it returns.
  void syncNow() {
    refuseAfterFailure();
    room.syncing(folder.active().file());
    try {
      folder.active().syncNow();
    } catch (DiskException syncFailure) {
      stop(syncFailure);
      throw syncFailure;
    }
    durableIndex = appliedIndex;
  }

  /// Goes on after another content, which is durable.
  void restartAfter(long nextNumber, long logIndex) {
    nextSequence = nextNumber;
    appliedIndex = logIndex;
    durableIndex = logIndex;
    room.nextFile();
  }

  /// Whether everything written is durable.
  boolean isDurable() {
    return folder.active().durableBytes() == folder.active().file().sizeBytes();
  }

  /// Takes nothing from the beginning.
  void refuseWrites() {
    durableIndex = appliedIndex;
    isReadOnly = true;
    failure =
        new DiskException(
            DiskException.Kind.READ_ONLY, folder.directory(), "it was opened for reading");
  }

  /// Whether the store was not opened for reading alone.
  boolean takesWrites() {
    return !isReadOnly;
  }

  /// Whether it takes nothing more.
  boolean hasFailed() {
    return failure != null;
  }

  void stopUnlessSpaceMayComeBack(DiskException cause) {
    switch (cause.kind()) {
      case NO_SPACE -> trace.event(FAILED, appliedIndex, 0, 0);
      case EXISTS, NOT_FOUND, READ_ONLY, LOCKED, IO -> stop(cause);
    }
  }

  /// Takes nothing more.
  void stop(DiskException cause) {
    trace.event(FAILED, appliedIndex, 1, 0);
    failure = failure == null ? cause : failure;
  }

  private void refuseAfterFailure() {
    if (isReadOnly && failure != null) {
      throw failure;
    }
    if (failure != null) {
      throw new DiskException(
          DiskException.Kind.IO, failure.path(), "no writes after an earlier failure", failure);
    }
  }
}
