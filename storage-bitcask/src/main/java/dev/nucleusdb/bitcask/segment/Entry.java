package dev.nucleusdb.bitcask.segment;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One record of a frame, as a scan finds it:
///
/// ```
///    0  u32  entry checksum    of file id, entry offset, bytes 4..end of the value
///    4  u32  key bytes
///    8  u32  value bytes       0xffffffff: a tombstone, no value follows
///   12  u64  sequence number
///   20  key, value
/// ```
///
/// The checksum of its own lets a read of one key do without the rest of its frame. The sequence
/// number stays with the record through every merge: it alone decides which record of a key counts.
public final class Entry {
  /// Bytes in front of the key.
  public static final int HEADER_BYTES = 20;

  /// The value bytes of a tombstone.
  public static final int TOMBSTONE = -1;

  /// A key is at most 64 KiB, with room for prefixes that a layer above puts in front.
  public static final int KEY_BYTES_MAX = 66 * 1024;

  /// A value is at most 16 MiB.
  public static final int VALUE_BYTES_MAX = 16 * 1024 * 1024;

  static final int CHECKED_FROM = 4;
  static final int KEY_BYTES_OFFSET = 4;
  static final int VALUE_BYTES_OFFSET = 8;
  static final int SEQUENCE_OFFSET = 12;

  private final long offset;
  private final long sequence;
  private final byte[] source;
  private final int at;
  private final int keyBytes;
  private final int valueBytes;

  Entry(long offset, long sequence, byte[] source, int at, int keyBytes, int valueBytes) {
    this.offset = offset;
    this.sequence = sequence;
    this.source = source;
    this.at = at;
    this.keyBytes = keyBytes;
    this.valueBytes = valueBytes;
  }

  /// The bytes of an entry on disk.
  ///
  /// @param keyBytes length of the key
  /// @param valueBytes length of the value, or [#TOMBSTONE]
  public static int bytes(int keyBytes, int valueBytes) {
    return HEADER_BYTES + keyBytes + Math.max(0, valueBytes);
  }

  /// Its place in the file.
  public long offset() {
    return offset;
  }

  /// The number it was born with.
  public long sequence() {
    return sequence;
  }

  /// Whether it says that the key is gone.
  public boolean isTombstone() {
    return valueBytes == TOMBSTONE;
  }

  /// Length of the value, or [#TOMBSTONE].
  public int valueBytes() {
    return valueBytes;
  }

  /// Its bytes on disk.
  public int sizeBytes() {
    return bytes(keyBytes, valueBytes);
  }

  /// A copy of the key.
  public byte[] key() {
    int from = at + HEADER_BYTES;
    return Arrays.copyOfRange(source, from, from + keyBytes);
  }

  /// A copy of the value; null for a tombstone. To be called before the scan goes on.
  public byte @Nullable [] value() {
    if (isTombstone()) {
      return null;
    }
    int from = at + HEADER_BYTES + keyBytes;
    return Arrays.copyOfRange(source, from, from + valueBytes);
  }
}
