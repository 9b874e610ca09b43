package dev.nucleusdb.bitcask.format;

import dev.nucleusdb.bitcask.cipher.Aead;
import dev.nucleusdb.bitcask.cipher.FileCipher;
import dev.nucleusdb.bitcask.compression.Compression;
import dev.nucleusdb.bitcask.compression.MalformedValueException;
import dev.nucleusdb.core.disk.CorruptionException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One record of a frame, as a scan finds it; a multiple of 8 bytes, at a multiple of 8:
///
/// ```
///    0  u32  entry checksum    of file id, entry offset, bytes 4..end
///    4  u32  key bytes         in the low 24 bits; bit 24: the record expires; bit 25: it is
///                              encrypted; bit 26: its value is compressed; bit 27: its value says
///                              where a large value stands
///    8  u32  value bytes       0xffffffff: a tombstone, no value follows
///   12  u64  sequence number
///   20 [u64  expiry            milliseconds since 1970, if the record expires]
///     [12 bytes nonce           if it is encrypted]
///      key, value               encrypted if it says so
///     [16 bytes tag             if it is encrypted]
///      zeros up to a multiple of 8
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
  public static final int ENCRYPTED = 1 << 25;
  public static final int COMPRESSED = 1 << 26;
  public static final int REFERENCE = 1 << 27;
  public static final int KEY_BYTES_MASK = EXPIRES - 1;
  private static final int FLAGS = EXPIRES | ENCRYPTED | COMPRESSED | REFERENCE;
  public static final int CHECKED_FROM = 4;
  public static final int KEY_BYTES_OFFSET = 4;
  public static final int VALUE_BYTES_OFFSET = 8;
  public static final int SEQUENCE_OFFSET = 12;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long offset;
  private final byte[] source;
  private final int at;
  private final int keyAndFlags;
  private final int valueBytes;
  private final boolean opened;

  private Entry(
      long offset, byte[] source, int at, int keyAndFlags, int valueBytes, boolean opened) {
    this.offset = offset;
    this.source = source;
    this.at = at;
    this.keyAndFlags = keyAndFlags;
    this.valueBytes = valueBytes;
    this.opened = opened;
  }

  /// The entry that begins at `at` and ends before `end`; null if its lengths are impossible.
  public static @Nullable Entry read(long offset, byte[] source, int at, int end) {
    if (end - at < HEADER_BYTES) {
      return null;
    }
    int keyAndFlags = (int) INT.get(source, at + KEY_BYTES_OFFSET);
    int valueBytes = (int) INT.get(source, at + VALUE_BYTES_OFFSET);
    return isPossible(keyAndFlags, valueBytes) && bytes(keyAndFlags, valueBytes) <= end - at
        ? new Entry(offset, source, at, keyAndFlags, valueBytes, false)
        : null;
  }

  /// Whether a record may say this of its lengths.
  public static boolean isPossible(int keyAndFlags, int valueBytes) {
    return (keyAndFlags & ~(FLAGS | KEY_BYTES_MASK)) == 0
        && (keyAndFlags & KEY_BYTES_MASK) <= KEY_BYTES_MAX
        && valueBytes >= TOMBSTONE
        && valueBytes <= VALUE_BYTES_MAX;
  }

  /// What a record says of its key.
  ///
  /// @param keyBytes length of the key
  /// @param value what is written of the value
  /// @param expiry when it expires, or [#NEVER]
  /// @param encrypted whether key and value are encrypted
  public static int keyAndFlags(int keyBytes, StoredValue value, long expiry, boolean encrypted) {
    return keyBytes | value.flags() | (expiry == NEVER ? 0 : EXPIRES) | (encrypted ? ENCRYPTED : 0);
  }

  /// The bytes of an entry on disk.
  ///
  /// @param keyAndFlags what it says of its key
  /// @param valueBytes length of the value as it is written, or [#TOMBSTONE]
  public static int bytes(int keyAndFlags, int valueBytes) {
    int exact =
        keyStart(keyAndFlags)
            + contentBytes(keyAndFlags, valueBytes)
            + ((keyAndFlags & ENCRYPTED) == 0 ? 0 : Aead.TAG_BYTES);
    return exact + ALIGNMENT - 1 & -ALIGNMENT;
  }

  /// The bytes of key and value.
  public static int contentBytes(int keyAndFlags, int valueBytes) {
    return (keyAndFlags & KEY_BYTES_MASK) + Math.max(0, valueBytes);
  }

  /// Where in a record its key begins.
  public static int keyStart(int keyAndFlags) {
    return nonceStart(keyAndFlags) + ((keyAndFlags & ENCRYPTED) == 0 ? 0 : Aead.NONCE_BYTES);
  }

  /// Where in a record its nonce stands, if it is encrypted.
  public static int nonceStart(int keyAndFlags) {
    return (keyAndFlags & EXPIRES) == 0 ? HEADER_BYTES : HEADER_BYTES + EXPIRY_BYTES;
  }

  /// Decrypts a record where it stands.
  ///
  /// @param path of its file
  /// @param cipher of its file; null if the store is not encrypted
  /// @param offset of the record in the file
  /// @param bytes holds it
  /// @param at where it begins
  /// @throws CorruptionException if it was not sealed with this key for this place; or is in the
  ///   clear though the store is encrypted, or the other way round
  public static void decrypt(
      String path, @Nullable FileCipher cipher, Aead aead, long offset, byte[] bytes, int at) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int keyAndFlags = buffer.getInt(at + KEY_BYTES_OFFSET);
    boolean encrypted = (keyAndFlags & ENCRYPTED) != 0;
    if (encrypted != (cipher != null)) {
      throw new CorruptionException(
          path,
          offset,
          encrypted
              ? "an encrypted record in a store that is not encrypted"
              : "a record in the clear in a store that is encrypted");
    }
    int content = contentBytes(keyAndFlags, buffer.getInt(at + VALUE_BYTES_OFFSET));
    int head = at + CHECKED_FROM;
    int nonce = at + nonceStart(keyAndFlags);
    if (cipher != null && !aead.open(cipher, Aead.RECORD, offset, bytes, head, nonce, content)) {
      throw new CorruptionException(
          path, offset, "a record was not encrypted with the key of the store, or was altered");
    }
  }

  /// The value that was written shorter.
  ///
  /// @throws CorruptionException if it is not what compressing makes
  public static byte[] decompress(
      String path, long offset, Compression compression, byte[] bytes, int from, int valueBytes) {
    try {
      return compression.decompress(bytes, from, valueBytes, VALUE_BYTES_MAX);
    } catch (MalformedValueException malformed) {
      throw new CorruptionException(path, offset, String.valueOf(malformed.getMessage()));
    }
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
    return (long) LONG.get(source, at + from);
  }

  /// Whether it says that the key is gone.
  public boolean isTombstone() {
    return valueBytes == TOMBSTONE;
  }

  /// Whether its key and value cannot be read yet.
  public boolean isEncrypted() {
    return (keyAndFlags & ENCRYPTED) != 0 && !opened;
  }

  /// Whether its value is compressed.
  public boolean isCompressed() {
    return (keyAndFlags & COMPRESSED) != 0;
  }

  /// Whether its value says where a large value stands.
  public boolean isReference() {
    return (keyAndFlags & REFERENCE) != 0;
  }

  /// The same with key and value in the clear; what was read stays as it is.
  ///
  /// @throws CorruptionException as [#decrypt]
  public Entry opened(String path, @Nullable FileCipher cipher, Aead aead) {
    if (cipher == null && (keyAndFlags & ENCRYPTED) == 0) {
      return this;
    }
    byte[] bytes = Arrays.copyOfRange(source, at, at + sizeBytes());
    decrypt(path, cipher, aead, offset, bytes, 0);
    return new Entry(offset, bytes, 0, keyAndFlags, valueBytes, true);
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

  /// The length of the key.
  public int keyBytes() {
    return keyAndFlags & KEY_BYTES_MASK;
  }

  /// Copies the key to a place in an array.
  public void copyKey(byte[] into, int to) {
    System.arraycopy(source, at + keyStart(keyAndFlags), into, to, keyBytes());
  }

  /// A copy of what is written of the value. To be called before the scan goes on.
  public StoredValue storedValue() {
    if (isTombstone()) {
      return StoredValue.tombstone();
    }
    int from = at + keyStart(keyAndFlags) + (keyAndFlags & KEY_BYTES_MASK);
    return new StoredValue(
        Arrays.copyOfRange(source, from, from + valueBytes),
        keyAndFlags & (COMPRESSED | REFERENCE));
  }
}
