package dev.nucleusdb.bitcask.index;

import static dev.nucleusdb.core.assertion.Assertions.require;

/// Where a record stands, packed in 64 bits:
///
/// ```
///   63      0
///   62      tombstone
///   61..44  file number           18 bits
///   43..16  offset / 8            28 bits: files of up to 2 GiB
///   15..0   size / 8              16 bits; 0xffff: that or more, the record tells
/// ```
public final class Place {
  /// No place.
  public static final long NONE = -1L;

  /// Records stand at multiples of this many bytes.
  public static final int UNIT_BYTES = 8;

  /// The highest file number.
  public static final int FILE_NUMBER_MAX = (1 << 18) - 1;

  /// The highest offset.
  public static final long OFFSET_MAX = ((1L << 28) - 1) * UNIT_BYTES;

  /// The size that means: this or more.
  public static final int SIZE_UNITS_MAX = 0xffff;

  private static final long TOMBSTONE = 1L << 62;
  private static final int FILE_SHIFT = 44;
  private static final int OFFSET_SHIFT = 16;

  private Place() {}

  /// Packs a place.
  ///
  /// @throws IllegalArgumentException if a part does not fit
  public static long of(int fileNumber, long offset, long sizeBytes, boolean tombstone) {
    require(fileNumber >= 0 && fileNumber <= FILE_NUMBER_MAX, "no file has number %d", fileNumber);
    require(
        offset >= 0 && offset <= OFFSET_MAX && offset % UNIT_BYTES == 0,
        "no record stands at offset %d",
        offset);
    long units = Math.min(SIZE_UNITS_MAX, (sizeBytes + UNIT_BYTES - 1) / UNIT_BYTES);
    return (tombstone ? TOMBSTONE : 0)
        | ((long) fileNumber << FILE_SHIFT)
        | (offset / UNIT_BYTES << OFFSET_SHIFT)
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

  /// The size in units of 8 bytes; [#SIZE_UNITS_MAX] means that or more.
  public static int sizeUnits(long place) {
    return (int) place & SIZE_UNITS_MAX;
  }

  /// Whether the record says that the key is gone.
  public static boolean isTombstone(long place) {
    return (place & TOMBSTONE) != 0;
  }
}
