package dev.nucleusdb.bitcask.index;

import static dev.nucleusdb.core.assertion.Assertions.require;

/// Where a record stands, packed in 64 bits so that an index keeps it without an object.
///
/// ```
///   bit 63      0
///   bit 62      1: the record is a tombstone
///   bits 61..44 number of the file
///   bits 43..16 offset in the file, in units of 8 bytes: files up to 2 GiB
///   bits 15..0  size of the record in units of 8 bytes, rounded up; 0xffff: that or more, and only
///               the record itself tells
/// ```
public final class Place {
  /// No place: the key is not there. No place is negative, so none equals it.
  public static final long NONE = -1L;

  /// Offsets and sizes count in units of this many bytes.
  public static final int UNIT_BYTES = 8;

  /// The highest number of a file.
  public static final int FILE_NUMBER_MAX = (1 << 18) - 1;

  /// The highest offset, in bytes.
  public static final long OFFSET_MAX = ((1L << 28) - 1) * UNIT_BYTES;

  /// The size that means: this many units or more.
  public static final int SIZE_UNITS_MAX = 0xffff;

  private static final int FILE_SHIFT = 44;
  private static final int OFFSET_SHIFT = 16;
  private static final long TOMBSTONE = 1L << 62;

  private Place() {}

  /// Packs a place.
  ///
  /// @param fileNumber 0 to [#FILE_NUMBER_MAX]
  /// @param offset in bytes, a multiple of [#UNIT_BYTES], 0 to [#OFFSET_MAX]
  /// @param sizeBytes of the record, at least 0
  /// @param tombstone whether the record says that its key is gone
  /// @throws IllegalArgumentException if one of them does not fit
  public static long of(int fileNumber, long offset, long sizeBytes, boolean tombstone) {
    require(fileNumber >= 0 && fileNumber <= FILE_NUMBER_MAX, "file number %s", fileNumber);
    require(offset >= 0 && offset <= OFFSET_MAX && offset % UNIT_BYTES == 0, "offset %s", offset);
    require(sizeBytes >= 0, "size %s", sizeBytes);
    long units =
        Math.min(SIZE_UNITS_MAX, sizeBytes / UNIT_BYTES + (sizeBytes % UNIT_BYTES + 7) / 8);
    return (tombstone ? TOMBSTONE : 0)
        | ((long) fileNumber << FILE_SHIFT)
        | ((offset / UNIT_BYTES) << OFFSET_SHIFT)
        | units;
  }

  /// The number of the file.
  public static int fileNumber(long place) {
    return (int) (place >>> FILE_SHIFT) & FILE_NUMBER_MAX;
  }

  /// The offset in the file, in bytes.
  public static long offset(long place) {
    return ((place >>> OFFSET_SHIFT) & ((1L << 28) - 1)) * UNIT_BYTES;
  }

  /// The size of the record in units of [#UNIT_BYTES], or [#SIZE_UNITS_MAX] for that or more.
  public static int sizeUnits(long place) {
    return (int) place & SIZE_UNITS_MAX;
  }

  /// Whether the size is known: otherwise the record must be asked.
  public static boolean isSizeKnown(long place) {
    return sizeUnits(place) < SIZE_UNITS_MAX;
  }

  /// The size of the record in bytes, rounded up to a whole unit; a lower bound unless
  /// [#isSizeKnown].
  public static long sizeBytes(long place) {
    return (long) sizeUnits(place) * UNIT_BYTES;
  }

  /// Whether the record says that its key is gone.
  public static boolean isTombstone(long place) {
    return (place & TOMBSTONE) != 0;
  }
}
