package dev.nucleusdb.bitcask.format;

import dev.nucleusdb.bitcask.cipher.Fingerprint;
import dev.nucleusdb.core.disk.CorruptionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which files belong to the store, little endian:
///
/// ```
///    0  8 bytes  magic "NUCLMANI"
///    8  u32      format version, 4; 5 if the records are encrypted
///   12  u32      count of sealed files
///   16  16 bytes store id
///   32  u64      generation, one more in every manifest
///   40  u64      next file id
///   48  u64      active file id
///   56  u64      base sequence: number of the first entry of the active file
///   64  u64      base index: log index of the last batch before the active file
///  [72  16 bytes fingerprint of the key, if the records are encrypted]
///    …  sealed files, ascending: file id u64, length u64, content checksum u64
///    …  u32      crc32c of everything before
/// ```
///
/// The list of a folder is no such truth: it shows what a merge has not finished, and what a crash
/// brought back. The base keeps sequence numbers and the log index from going back once all the
/// files that told them have been merged away.
///
/// @param storeId of every file of the store
/// @param generation one more in every manifest
/// @param nextFileId no file was ever given this id or a higher one
/// @param activeFileId the file that takes writes
/// @param baseSequence number of the first entry of the active file
/// @param baseIndex log index of the last batch before the active file
/// @param key what tells the key of the store, or [Fingerprint#NONE]
/// @param sealed the files that take no more writes
public record Manifest(
    StoreId storeId,
    long generation,
    long nextFileId,
    long activeFileId,
    long baseSequence,
    long baseIndex,
    Fingerprint key,
    List<Sealed> sealed) {
  private static final byte[] MAGIC = "NUCLMANI".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 72;
  private static final int SEALED_BYTES = 24;
  private static final int CHECKSUM_BYTES = 4;

  /// A file that takes no more writes.
  ///
  /// @param fileId its number
  /// @param sizeBytes its length, all of it durable
  /// @param contentChecksum as in its [Footer]
  public record Sealed(long fileId, long sizeBytes, long contentChecksum) {}

  /// Whether it names a file.
  public boolean names(long fileId) {
    return activeFileId == fileId || sealed.stream().anyMatch(file -> file.fileId() == fileId);
  }

  public ByteBuffer encode() {
    int headerBytes = HEADER_BYTES + (key.isPresent() ? Fingerprint.BYTES : 0);
    int sizeBytes = headerBytes + sealed.size() * SEALED_BYTES + CHECKSUM_BYTES;
    byte[] bytes = new byte[sizeBytes];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).putInt(FileHeader.version(key)).putInt(sealed.size());
    buffer.putLong(storeId.high()).putLong(storeId.low()).putLong(generation);
    buffer.putLong(nextFileId).putLong(activeFileId).putLong(baseSequence).putLong(baseIndex);
    if (key.isPresent()) {
      buffer.putLong(key.high()).putLong(key.low());
    }
    for (Sealed file : sealed) {
      buffer.putLong(file.fileId()).putLong(file.sizeBytes()).putLong(file.contentChecksum());
    }
    return buffer.putInt(Checksum.of(bytes, 0, buffer.position())).flip();
  }

  /// @throws CorruptionException if the bytes are not a whole manifest
  public static Manifest decode(String path, byte[] bytes) {
    int checked = bytes.length - CHECKSUM_BYTES;
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (checked < HEADER_BYTES || !Arrays.equals(bytes, 0, 8, MAGIC, 0, 8)) {
      throw new CorruptionException(path, 0, "this is not a manifest");
    }
    if (buffer.getInt(checked) != Checksum.of(bytes, 0, checked)) {
      throw new CorruptionException(path, checked, "the checksum of the manifest is wrong");
    }
    int version = buffer.getInt(8);
    int count = buffer.getInt(12);
    FileHeader.requireKnownVersion(path, 8, version);
    int headerBytes =
        HEADER_BYTES + (version == FileHeader.VERSION_ENCRYPTED ? Fingerprint.BYTES : 0);
    if (count < 0 || headerBytes + (long) count * SEALED_BYTES != checked) {
      throw new CorruptionException(path, 12, "it does not hold the files that it announces");
    }
    buffer.position(16);
    StoreId storeId = new StoreId(buffer.getLong(), buffer.getLong());
    long generation = buffer.getLong();
    long nextFileId = buffer.getLong();
    long activeFileId = buffer.getLong();
    long baseSequence = buffer.getLong();
    long baseIndex = buffer.getLong();
    Fingerprint key =
        version == FileHeader.VERSION_ENCRYPTED
            ? new Fingerprint(buffer.getLong(), buffer.getLong())
            : Fingerprint.NONE;
    List<Sealed> sealed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sealed.add(new Sealed(buffer.getLong(), buffer.getLong(), buffer.getLong()));
    }
    return new Manifest(
        storeId, generation, nextFileId, activeFileId, baseSequence, baseIndex, key, sealed);
  }
}
