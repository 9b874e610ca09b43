package dev.nucleusdb.bitcask;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.bitcask.cipher.StoreKey;
import dev.nucleusdb.bitcask.compression.Compression;
import dev.nucleusdb.bitcask.merge.MergeLimits;
import org.jspecify.annotations.Nullable;

/// The bounds of one store. Keys of at most 66 KiB and values of at most 16 MiB belong to the
/// format.
///
/// @param segmentSizeBytes a data file that a batch would take beyond this is sealed, and the batch
///   goes into a new one; bytes; default 64 MiB; simulation may draw 256 bytes to 64 MiB
/// @param batchSizeBytesMax a larger batch is refused; bytes; default 64 MiB; at least 17 MiB, so
///   that the largest entry fits, at most 1 GiB
/// @param mergeDeadFraction share of all sealed records that must be dead before files are merged,
///   and of each of those files; 0.05 to 0.95; default 0.5, which keeps sealed files below twice
///   their live bytes; simulation may draw all
/// @param mergeSliceBytes what one slice of a merge reads, and at least one batch; bytes; default
///   256 KiB; simulation may draw 1 byte to 1 MiB
/// @param mergeInputsMax files in one merge, which bounds the space that it needs; default 8;
///   simulation may draw 1 to 16
/// @param spaceBytesMax what all data files together may hold; a write that finds no room merges
///   first, and is refused with `NO_SPACE` if that gives none; default no bound, at least 6 data
///   files; the room of two is kept for merges, that of one of them for deletes, too
/// @param scrubSliceBytes what is read, whenever there is nothing else to do, to notice what has
///   rotted; bytes; default 16 KiB; 0 for never; simulation may draw 0 to 1 KiB
/// @param index which index is kept in memory; default ordered; simulation may draw both
/// @param key encrypts the store, which must be new or of this key; null, the default, for one that
///   is not encrypted; simulation may draw both
/// @param compression which values are written shorter; default off; simulation may draw a codec of
///   its own
public record BitcaskOptions(
    long segmentSizeBytes,
    int batchSizeBytesMax,
    double mergeDeadFraction,
    int mergeSliceBytes,
    int mergeInputsMax,
    long spaceBytesMax,
    int scrubSliceBytes,
    IndexKind index,
    @Nullable StoreKey key,
    Compression compression) {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /// What fits most.
  public static final BitcaskOptions DEFAULT =
      new BitcaskOptions(
          64L * MIB,
          64 * MIB,
          0.5,
          256 * KIB,
          8,
          Long.MAX_VALUE,
          16 * KIB,
          IndexKind.ORDERED,
          null,
          Compression.OFF);

  /// @throws IllegalArgumentException if a bound is outside what its description allows
  public BitcaskOptions {
    require(segmentSizeBytes >= 128, "segmentSizeBytes is at least 128, not %d", segmentSizeBytes);
    require(
        batchSizeBytesMax >= 17 * MIB && batchSizeBytesMax <= 1024 * MIB,
        "batchSizeBytesMax is between 17 MiB and 1 GiB, not %d bytes",
        batchSizeBytesMax);
    require(
        mergeDeadFraction >= 0.05 && mergeDeadFraction <= 0.95,
        "mergeDeadFraction is between 0.05 and 0.95, not %s",
        mergeDeadFraction);
    require(mergeSliceBytes >= 1, "mergeSliceBytes is at least 1, not %d", mergeSliceBytes);
    require(mergeInputsMax >= 1, "mergeInputsMax is at least 1, not %d", mergeInputsMax);
    require(scrubSliceBytes >= 0, "scrubSliceBytes is at least 0, not %d", scrubSliceBytes);
    require(
        spaceBytesMax / 6 >= segmentSizeBytes,
        "spaceBytesMax is at least 6 data files of %d bytes, not %d",
        segmentSizeBytes,
        spaceBytesMax);
  }

  /// The same with another size of data files.
  public BitcaskOptions withSegmentSizeBytes(long sizeBytes) {
    return new BitcaskOptions(
        sizeBytes,
        batchSizeBytesMax,
        mergeDeadFraction,
        mergeSliceBytes,
        mergeInputsMax,
        spaceBytesMax,
        scrubSliceBytes,
        index,
        key,
        compression);
  }

  /// The same with another bound for merging.
  public BitcaskOptions withMerge(double deadFraction, int sliceBytes, int inputsMax) {
    return new BitcaskOptions(
        segmentSizeBytes,
        batchSizeBytesMax,
        deadFraction,
        sliceBytes,
        inputsMax,
        spaceBytesMax,
        scrubSliceBytes,
        index,
        key,
        compression);
  }

  /// The same with another index.
  public BitcaskOptions withIndex(IndexKind kind) {
    return new BitcaskOptions(
        segmentSizeBytes,
        batchSizeBytesMax,
        mergeDeadFraction,
        mergeSliceBytes,
        mergeInputsMax,
        spaceBytesMax,
        scrubSliceBytes,
        kind,
        key,
        compression);
  }

  /// The same with another pace of scrubbing.
  public BitcaskOptions withScrubSliceBytes(int bytes) {
    return new BitcaskOptions(
        segmentSizeBytes,
        batchSizeBytesMax,
        mergeDeadFraction,
        mergeSliceBytes,
        mergeInputsMax,
        spaceBytesMax,
        bytes,
        index,
        key,
        compression);
  }

  /// The same with another bound for space.
  public BitcaskOptions withSpaceBytesMax(long bytes) {
    return new BitcaskOptions(
        segmentSizeBytes,
        batchSizeBytesMax,
        mergeDeadFraction,
        mergeSliceBytes,
        mergeInputsMax,
        bytes,
        scrubSliceBytes,
        index,
        key,
        compression);
  }

  /// The same, encrypted.
  ///
  /// @param secret null for not encrypted
  public BitcaskOptions withKey(@Nullable StoreKey secret) {
    return new BitcaskOptions(
        segmentSizeBytes,
        batchSizeBytesMax,
        mergeDeadFraction,
        mergeSliceBytes,
        mergeInputsMax,
        spaceBytesMax,
        scrubSliceBytes,
        index,
        secret,
        compression);
  }

  /// The same with another compression.
  public BitcaskOptions withCompression(Compression other) {
    return new BitcaskOptions(
        segmentSizeBytes,
        batchSizeBytesMax,
        mergeDeadFraction,
        mergeSliceBytes,
        mergeInputsMax,
        spaceBytesMax,
        scrubSliceBytes,
        index,
        key,
        other);
  }

  MergeLimits mergeLimits() {
    return new MergeLimits(
        mergeDeadFraction, mergeSliceBytes, segmentSizeBytes, mergeInputsMax, spaceBytesMax);
  }
}
