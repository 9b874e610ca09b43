package dev.nucleusdb.bitcask.segment;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.bitcask.cipher.FileCipher;
import dev.nucleusdb.bitcask.format.FileHeader;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.format.FrameKind;
import dev.nucleusdb.bitcask.format.FrameWriter;
import dev.nucleusdb.bitcask.format.Manifest;
import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import org.jspecify.annotations.Nullable;

/// One data file and what is known of its records. Counts only: it decides nothing.
public final class Segment {
  private final DiskFile file;
  private final StoreId storeId;
  private final long fileId;
  private final int number;
  private final @Nullable FileCipher cipher;

  /// Invariant: at most the file's length; every byte below survives a crash.
  private long durableBytes;

  /// What manifests say of it; null until it is first sealed.
  private Manifest.@Nullable Sealed sealed;

  /// Completions that would be lost if the handle were closed.
  private int pendingSyncs;

  /// Damage was met while merging: the file is kept as it is and never merged.
  private boolean quarantined;

  private boolean hintSettled;

  /// Up to where zeros were reserved behind its end; lower than the end, or 0, if there are none.
  private long reservedTo;

  private final Tally tally = new Tally();
  private long liveBytes;

  Segment(
      DiskFile file,
      StoreId storeId,
      long fileId,
      int number,
      @Nullable FileCipher cipher,
      long durableBytes) {
    this.cipher = cipher;
    this.file = file;
    this.storeId = storeId;
    this.fileId = fileId;
    this.number = number;
    this.durableBytes = durableBytes;
  }

  /// Its id, which no other file of any manifest has.
  public long fileId() {
    return fileId;
  }

  /// What the index calls it while the store is open.
  public int number() {
    return number;
  }

  /// Its key; null if the store is not encrypted.
  public @Nullable FileCipher cipher() {
    return cipher;
  }

  /// The open file.
  public DiskFile file() {
    return file;
  }

  /// A scan from the first frame.
  public SegmentScanner scan(FrameCheck check) {
    return new SegmentScanner(file, storeId, fileId, check, cipher);
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

  /// Writes what is known of the file as its last frame.
  ///
  /// @throws DiskException of kind `NO_SPACE` with nothing changed; or of another kind
  public void seal() {
    long end = file.sizeBytes();
    FrameWriter writer = new FrameWriter();
    writer.begin(FrameKind.SEAL, fileId, end, null);
    try {
      file.append(writer.finishSeal(footer(), durableBytes));
    } catch (DiskException failure) {
      unseal(end);
      throw failure;
    }
  }

  /// Takes the seal back.
  ///
  /// @param end where it stands
  void unseal(long end) {
    try {
      file.truncate(end);
    } catch (DiskException failure) {
      throw new DiskException(
          DiskException.Kind.IO, file.path(), "could not take back a seal at " + end, failure);
    }
    durableBytes = Math.min(durableBytes, end);
  }

  /// The seal at the end of the file, or null if none is there that is whole.
  public @Nullable Footer readSeal() {
    long end = file.sizeBytes() - Footer.FRAME_BYTES;
    if (end < FileHeader.BYTES) {
      return null;
    }
    SegmentScanner scanner = scan(FrameCheck.EQUAL);
    scanner.skipTo(end);
    return scanner.next() instanceof Scanned.Seal seal ? seal.footer() : null;
  }

  /// What the next manifest says of it: what it was when it was first sealed, whatever has become
  /// of the file since. One that was cut behind our back must not be sealed anew as it is.
  public Manifest.Sealed sealed() {
    Manifest.Sealed known = sealed;
    return known != null
        ? known
        : new Manifest.Sealed(fileId, file.sizeBytes(), footer().contentChecksum());
  }

  /// A manifest that seals it is in force.
  void sealed(Manifest.Sealed inForce) {
    sealed = inForce;
  }

  /// Zeros are reserved up to there.
  public void reservedTo(long bytes) {
    reservedTo = bytes;
  }

  /// Its bytes on the disk, with what is reserved behind its end.
  public long diskBytes() {
    return Math.max(file.sizeBytes(), reservedTo);
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

  /// Whether it has a hint, or will have none.
  public boolean isHintSettled() {
    return hintSettled;
  }

  /// It has a hint, or will have none.
  public void hintSettled() {
    hintSettled = true;
  }

  /// Never merges this file again.
  public void quarantine() {
    quarantined = true;
    hintSettled = true;
  }

  /// Whether damage was met in it.
  public boolean isQuarantined() {
    return quarantined;
  }

  /// Whether a merge may take it as input.
  public boolean isMergeable() {
    return pendingSyncs == 0 && !quarantined;
  }

  /// A record was written or found in it; whether it counts is told apart.
  public void count(int sizeBytes, long sequence, boolean tombstone, long expiry) {
    tally.entry(sizeBytes, sequence, tombstone, expiry);
  }

  /// A frame was written or found in it.
  public void countFrame(int frameChecksum) {
    tally.frame(frameChecksum);
  }

  /// What is known of its records.
  public Footer footer() {
    return tally.footer();
  }

  /// Takes over what is known of its records from elsewhere.
  public void restore(Footer footer) {
    tally.restore(footer);
  }

  /// The index points at a record of this size in it.
  public void becameLive(long sizeBytes) {
    liveBytes += sizeBytes;
  }

  /// The index no longer points at a record of this size in it.
  public void becameDead(int sizeBytes) {
    liveBytes -= sizeBytes;
    invariant(liveBytes >= 0, "more records died in a file than were alive");
  }

  /// Records in it.
  public long entryCount() {
    return tally.entryCount();
  }

  /// Bytes of all records in it.
  public long entryBytes() {
    return tally.entryBytes();
  }

  /// Bytes of the records that the index points at.
  public long liveBytes() {
    return liveBytes;
  }

  /// Bytes of tombstones.
  public long tombstoneBytes() {
    return tally.tombstoneBytes();
  }

  /// Bytes of puts that nothing points at.
  public long deadBytes() {
    return tally.entryBytes() - liveBytes - tally.tombstoneBytes();
  }

  /// Bytes of records that expire, once all of them have; 0 before that.
  public long expiredBytes(long nowMillis) {
    return tally.expiredBytes(nowMillis);
  }

  /// The lowest sequence number in it; the highest number there is if it holds no record.
  public long lowestSequence() {
    return tally.lowestSequence();
  }

  /// The highest sequence number in it; 0 if it holds no record.
  public long highestSequence() {
    return tally.highestSequence();
  }

  /// The highest sequence number of a tombstone in it; 0 if it holds none.
  public long highestTombstone() {
    return tally.highestTombstone();
  }
}
