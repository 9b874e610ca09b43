package dev.nucleusdb.bitcask.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One record of a frame, as a scan finds it; a multiple of 8 bytes, at a multiple of 8:
///
/// ```
///    0  u32  entry checksum    of file id, entry offset, bytes 4..end
///    4  u32  key bytes         in the low 24 bits; bit 24: the record expires
///    8  u32  value bytes       0xffffffff: a tombstone, no value follows
///   12  u64  sequence number
///   20 [u64  expiry            milliseconds since 1970, if the record expires]
///      key, value, zeros up to a multiple of 8
/// ```
///
/// The checksum of its own lets a read of one key do without the rest of its frame. The sequence
/// number stays with the record through every merge: it alone decides which record of a key counts.
public final class Entry {
  /// Records stand at multiples of this many bytes.
  public static final int ALIGNMENT = 8;

  /// Bytes in front of the expiry or the key.
  public static final int HEADER_BYTES = 20;

  /// The value bytes of a tombstone.
  public static final int TOMBSTONE = -1;

  /// The expiry of a record that never expires.
  public static final long NEVER = Long.MAX_VALUE;

  /// A key is at most 64 KiB, with room for prefixes that a layer above puts in front.
  public static final int KEY_BYTES_MAX = 66 * 1024;

  /// A value is at most 16 MiB.
  public static final int VALUE_BYTES_MAX = 16 * 1024 * 1024;

  public static final int EXPIRY_BYTES = 8;
  public static final int EXPIRES = 1 << 24;
  public static final int KEY_BYTES_MASK = EXPIRES - 1;
  public static final int CHECKED_FROM = 4;
  public static final int KEY_BYTES_OFFSET = 4;
  public static final int VALUE_BYTES_OFFSET = 8;
  public static final int SEQUENCE_OFFSET = 12;

  private final long offset;
  private final byte[] source;
  private final int at;
  private final int keyAndFlags;
  private final int valueBytes;

  private Entry(long offset, byte[] source, int at, int keyAndFlags, int valueBytes) {
    this.offset = offset;
    this.source = source;
    this.at = at;
    this.keyAndFlags = keyAndFlags;
    this.valueBytes = valueBytes;
  }

  /// The entry that begins at `at` and ends before `end`; null if its lengths are impossible.
  public static @Nullable Entry read(long offset, byte[] source, int at, int end) {
    if (end - at < HEADER_BYTES) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(source).order(ByteOrder.LITTLE_ENDIAN);
    int keyAndFlags = buffer.getInt(at + KEY_BYTES_OFFSET);
    int valueBytes = buffer.getInt(at + VALUE_BYTES_OFFSET);
    return isPossible(keyAndFlags, valueBytes) && bytes(keyAndFlags, valueBytes) <= end - at
        ? new Entry(offset, source, at, keyAndFlags, valueBytes)
        : null;
  }

  /// Whether a record may say this of its lengths.
  public static boolean isPossible(int keyAndFlags, int valueBytes) {
    return (keyAndFlags & ~(EXPIRES | KEY_BYTES_MASK)) == 0
        && (keyAndFlags & KEY_BYTES_MASK) <= KEY_BYTES_MAX
        && valueBytes >= TOMBSTONE
        && valueBytes <= VALUE_BYTES_MAX;
  }

  /// The bytes of an entry on disk.
  ///
  /// @param keyBytes length of the key
  /// @param valueBytes length of the value, or [#TOMBSTONE]
  /// @param expiry when it expires, or [#NEVER]
  public static int bytes(int keyBytes, int valueBytes, long expiry) {
    return bytes(expiry == NEVER ? keyBytes : keyBytes | EXPIRES, valueBytes);
  }

  public static int bytes(int keyAndFlags, int valueBytes) {
    int exact = keyStart(keyAndFlags) + (keyAndFlags & KEY_BYTES_MASK) + Math.max(0, valueBytes);
    return exact + ALIGNMENT - 1 & -ALIGNMENT;
  }

  /// Where in a record its key begins.
  public static int keyStart(int keyAndFlags) {
    return (keyAndFlags & EXPIRES) == 0 ? HEADER_BYTES : HEADER_BYTES + EXPIRY_BYTES;
  }

  /// Its place in the file.
  public long offset() {
    return offset;
  }

  /// The number it was born with.
  public long sequence() {
    return longAt(SEQUENCE_OFFSET);
  }

  /// When it expires, in milliseconds since 1970, or [#NEVER].
  public long expiry() {
    return (keyAndFlags & EXPIRES) == 0 ? NEVER : longAt(HEADER_BYTES);
  }

  private long longAt(int from) {
    return ByteBuffer.wrap(source).order(ByteOrder.LITTLE_ENDIAN).getLong(at + from);
  }

  /// Whether it says that the key is gone.
  public boolean isTombstone() {
    return valueBytes == TOMBSTONE;
  }

  /// Its bytes on disk.
  public int sizeBytes() {
    return bytes(keyAndFlags, valueBytes);
  }

  /// A copy of the key.
  public byte[] key() {
    int from = at + keyStart(keyAndFlags);
    return Arrays.copyOfRange(source, from, from + (keyAndFlags & KEY_BYTES_MASK));
  }

  /// A copy of the value; null for a tombstone. To be called before the scan goes on.
  public byte @Nullable [] value() {
    if (isTombstone()) {
      return null;
    }
    int from = at + keyStart(keyAndFlags) + (keyAndFlags & KEY_BYTES_MASK);
    return Arrays.copyOfRange(source, from, from + valueBytes);
  }
}
