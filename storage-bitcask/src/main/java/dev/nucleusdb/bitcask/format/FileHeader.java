package dev.nucleusdb.bitcask.format;

import dev.nucleusdb.bitcask.cipher.Fingerprint;
import dev.nucleusdb.core.disk.CorruptionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The head of a data file, 48 bytes, little endian:
///
/// ```
///    0  8 bytes  magic "NUCLBITC"
///    8  u32      format version, 4; 5 if its records are encrypted
///   12  u32      0
///   16  16 bytes store id
///   32  u64      file id
///   40  u32      the last 4 bytes of the key's fingerprint, or 0
///   44  u32      crc32c of bytes 0..43
/// ```
public final class FileHeader {
  /// Bytes of a data file's head.
  public static final int BYTES = 48;

  private static final byte[] MAGIC = "NUCLBITC".getBytes(StandardCharsets.US_ASCII);

  /// The version of the grammar that data files and manifest of a store follow. Up to 3 a batch of
  /// one record had the same head as any other.
  private static final int VERSION = 4;

  static final int VERSION_ENCRYPTED = 5;
  private static final int VERSION_OFFSET = 8;
  private static final int STORE_ID_OFFSET = 16;
  private static final int FILE_ID_OFFSET = 32;
  private static final int FINGERPRINT_OFFSET = 40;
  private static final int CHECKSUM_OFFSET = 44;

  private FileHeader() {}

  /// @param key what tells the key of the store, or [Fingerprint#NONE]
  public static ByteBuffer encode(StoreId storeId, long fileId, Fingerprint key) {
    byte[] bytes = new byte[BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int version = version(key);
    buffer.put(0, MAGIC).putInt(VERSION_OFFSET, version).putLong(FILE_ID_OFFSET, fileId);
    buffer.putInt(FINGERPRINT_OFFSET, (int) key.low());
    storeId.write(buffer, STORE_ID_OFFSET);
    buffer.putInt(CHECKSUM_OFFSET, Checksum.of(bytes, 0, CHECKSUM_OFFSET));
    return buffer;
  }

  /// The version of what is written now.
  static int version(Fingerprint key) {
    return key.isPresent() ? VERSION_ENCRYPTED : VERSION;
  }

  /// @param offset where in the file the version stands
  /// @throws CorruptionException if it is not one that is read
  static void requireKnownVersion(String path, long offset, int version) {
    if (version != VERSION && version != VERSION_ENCRYPTED) {
      throw new CorruptionException(
          path,
          offset,
          "format version "
              + version
              + " is not known, only 4 and 5; open the store with the release that wrote it");
    }
  }

  /// Whether the records of the file are encrypted, if its head is whole.
  public static boolean isEncrypted(byte[] bytes) {
    return storeId(bytes) != null
        && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(VERSION_OFFSET)
            == VERSION_ENCRYPTED;
  }

  /// Whether a head that is whole may be of a file that was encrypted with a key.
  public static boolean mayBeOf(byte[] bytes, Fingerprint key) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(FINGERPRINT_OFFSET)
        == (int) key.low();
  }

  /// The store that a head names; null if the head is not whole.
  public static @Nullable StoreId storeId(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean whole =
        bytes.length >= BYTES
            && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
            && buffer.getInt(CHECKSUM_OFFSET) == Checksum.of(bytes, 0, CHECKSUM_OFFSET);
    return whole ? StoreId.read(buffer, STORE_ID_OFFSET) : null;
  }

  /// @throws CorruptionException if these are not the first bytes of that file
  public static void verify(String path, byte[] bytes, int length, StoreId storeId, long fileId) {
    if (length < BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new CorruptionException(path, 0, "this is not the head of a data file");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.getInt(CHECKSUM_OFFSET) != Checksum.of(bytes, 0, CHECKSUM_OFFSET)) {
      throw new CorruptionException(path, 0, "the checksum of the file's head is wrong");
    }
    requireKnownVersion(path, VERSION_OFFSET, buffer.getInt(VERSION_OFFSET));
    StoreId store = StoreId.read(buffer, STORE_ID_OFFSET);
    if (!store.equals(storeId)) {
      throw new CorruptionException(
          path, STORE_ID_OFFSET, "the head names store " + store + ", not " + storeId);
    }
    long found = buffer.getLong(FILE_ID_OFFSET);
    if (found != fileId) {
      throw new CorruptionException(
          path, FILE_ID_OFFSET, "the head names file " + found + ", not " + fileId);
    }
  }
}
