package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import java.util.ArrayList;
import java.util.List;

/// What an operator wants to know of a store, in full.
///
/// @param keyCount live keys
/// @param indexBytes memory of the index
/// @param appliedIndex log index of the last batch
/// @param durableIndex log index up to which everything is durable
/// @param writtenBytes bytes of the frames of batches since the store was opened
/// @param mergedBytes bytes that merges wrote since then
/// @param files data files, by id
public record StoreReport(
    long keyCount,
    long indexBytes,
    long appliedIndex,
    long durableIndex,
    long writtenBytes,
    long mergedBytes,
    List<DataFile> files) {

  /// One data file.
  ///
  /// @param fileId its id
  /// @param sizeBytes its length
  /// @param entryCount records in it
  /// @param liveBytes bytes of records that the index points at
  /// @param deadBytes bytes of records that nothing points at
  /// @param tombstoneBytes bytes of tombstones
  /// @param isActive whether it takes writes
  /// @param isDamaged whether damage was met in it
  public record DataFile(
      long fileId,
      long sizeBytes,
      long entryCount,
      long liveBytes,
      long deadBytes,
      long tombstoneBytes,
      boolean isActive,
      boolean isDamaged) {}

  static StoreReport of(SegmentFolder folder, Keydir keydir, ActiveLog log, long mergedBytes) {
    List<DataFile> files = new ArrayList<>();
    for (Segment segment : folder.all()) {
      files.add(
          new DataFile(
              segment.fileId(),
              segment.file().sizeBytes(),
              segment.entryCount(),
              segment.liveBytes(),
              segment.deadBytes(),
              segment.tombstoneBytes(),
              segment.fileId() == folder.active().fileId(),
              segment.isQuarantined()));
    }
    return new StoreReport(
        keydir.size(),
        keydir.memoryBytes(),
        log.appliedIndex(),
        log.durableIndex(),
        log.writtenBytes(),
        mergedBytes,
        files);
  }

  /// Memory of the index for each key, in bytes.
  public double indexBytesPerKey() {
    return keyCount == 0 ? 0 : (double) indexBytes / keyCount;
  }

  /// Bytes written for each byte of a batch: 1 without merges.
  public double writeAmplification() {
    return writtenBytes == 0 ? 1 : (double) (writtenBytes + mergedBytes) / writtenBytes;
  }

  /// Bytes on the disk for each byte of a live record.
  public double spaceAmplification() {
    long live = files.stream().mapToLong(DataFile::liveBytes).sum();
    long disk = files.stream().mapToLong(DataFile::sizeBytes).sum();
    return live == 0 ? 1 : (double) disk / live;
  }
}
