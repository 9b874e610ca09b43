package dev.nucleusdb.bitcask.segment;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;

/// One data file and what is known of its records. Counts only: it decides nothing.
public final class Segment {
  private final DiskFile file;
  private final long fileId;

  /// Invariant: at most the file's length; every byte below survives a crash.
  private long durableBytes;

  /// What manifests say of its length; negative until it is first sealed.
  private long sealedBytes = -1;

  /// Completions that would be lost if the handle were closed.
  private int pendingSyncs;

  /// Damage was met while merging: the file is kept as it is and never merged.
  private boolean quarantined;

  private long entryCount;
  private long entryBytes;
  private long liveBytes;
  private long tombstoneBytes;
  private long lowestSequence = Long.MAX_VALUE;
  private long highestTombstone;

  Segment(DiskFile file, long fileId, long durableBytes) {
    this.file = file;
    this.fileId = fileId;
    this.durableBytes = durableBytes;
  }

  /// Its number, never given twice.
  public long fileId() {
    return fileId;
  }

  /// The open file.
  public DiskFile file() {
    return file;
  }

  /// A scan from the first frame.
  public SegmentScanner scan(FrameCheck check) {
    return new SegmentScanner(file, fileId, check);
  }

  /// The highest watermark in the heads of frames behind `offset`; 0 if there is none.
  public long witnessBehind(long offset) {
    return WitnessSearch.highestWatermark(file, fileId, offset);
  }

  /// Bytes known durable.
  public long durableBytes() {
    return durableBytes;
  }

  /// A sync that covered `bytes` has completed.
  public void madeDurable(long bytes) {
    durableBytes = Math.max(durableBytes, bytes);
    invariant(durableBytes <= file.sizeBytes(), "no more is durable than was written");
  }

  /// Makes everything written to it durable before it returns.
  ///
  /// @throws DiskException of kind `IO` if that failed, whatever the disk called it: even if it was
  ///   for want of space, what is durable is unknown from then on
  public void syncNow() {
    try {
      file.syncNow();
    } catch (DiskException failure) {
      throw new DiskException(
          DiskException.Kind.IO, file.path(), "a sync failed, what is durable is unknown", failure);
    }
    madeDurable(file.sizeBytes());
  }

  /// The length that the next manifest gives it: what it was when it was first sealed, whatever has
  /// become of the file since. One that was cut behind our back must not be sealed anew as it is.
  long sealedBytes() {
    return sealedBytes < 0 ? file.sizeBytes() : sealedBytes;
  }

  /// A manifest that seals it is in force.
  void sealed(long sizeBytes) {
    sealedBytes = sizeBytes;
  }

  /// A sync was asked for.
  public void syncBegun() {
    pendingSyncs++;
  }

  /// A sync has ended.
  public void syncEnded() {
    pendingSyncs--;
  }

  /// Whether no sync of it is under way.
  public boolean isIdle() {
    return pendingSyncs == 0;
  }

  /// Never merges this file again.
  public void quarantine() {
    quarantined = true;
  }

  /// Whether a merge may take it as input.
  public boolean isMergeable() {
    return pendingSyncs == 0 && !quarantined;
  }

  /// A record was written or found in it; whether it counts is told apart.
  public void count(int sizeBytes, long sequence, boolean tombstone) {
    entryCount++;
    entryBytes += sizeBytes;
    lowestSequence = Math.min(lowestSequence, sequence);
    if (tombstone) {
      tombstoneBytes += sizeBytes;
      highestTombstone = Math.max(highestTombstone, sequence);
    }
  }

  /// The index points at a record of this size in it.
  public void becameLive(int sizeBytes) {
    liveBytes += sizeBytes;
  }

  /// The index no longer points at a record of this size in it.
  public void becameDead(int sizeBytes) {
    liveBytes -= sizeBytes;
    invariant(liveBytes >= 0, "more records died in a file than were alive");
  }

  /// Records in it.
  public long entryCount() {
    return entryCount;
  }

  /// Bytes of all records in it.
  public long entryBytes() {
    return entryBytes;
  }

  /// Bytes of the records that the index points at.
  public long liveBytes() {
    return liveBytes;
  }

  /// Bytes of tombstones.
  public long tombstoneBytes() {
    return tombstoneBytes;
  }

  /// Bytes of puts that nothing points at.
  public long deadBytes() {
    return entryBytes - liveBytes - tombstoneBytes;
  }

  /// The lowest sequence number in it; the highest number there is if it holds no record.
  public long lowestSequence() {
    return lowestSequence;
  }

  /// The highest sequence number of a tombstone in it; 0 if it holds none.
  public long highestTombstone() {
    return highestTombstone;
  }
}
