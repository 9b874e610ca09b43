package dev.nucleusdb.bitcask.segment;

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
///    8  u32      format version, 1
///   12  u32      count of sealed files
///   16  u64      generation, one more in every manifest
///   24  u64      next file id
///   32  u64      active file id
///   40  u64      base sequence: number of the first entry of the active file
///   48  u64      base index: log index of the last batch before the active file
///   56  sealed files, ascending: file id u64, length u64
///    …  u32      crc32c of everything before
/// ```
///
/// The list of a folder is no such truth: it shows what a merge has not finished, and what a crash
/// brought back. The base keeps sequence numbers and the log index from going back once all the
/// files that told them have been merged away.
///
/// @param generation one more in every manifest
/// @param nextFileId above all ids given so far
/// @param activeFileId the file that takes writes
/// @param baseSequence number of the first entry of the active file
/// @param baseIndex log index of the last batch before the active file
/// @param sealed the files that take no more writes
public record Manifest(
    long generation,
    long nextFileId,
    long activeFileId,
    long baseSequence,
    long baseIndex,
    List<Sealed> sealed) {
  private static final byte[] MAGIC = "NUCLMANI".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 56;
  private static final int SEALED_BYTES = 16;
  private static final int CHECKSUM_BYTES = 4;

  /// A file that takes no more writes.
  ///
  /// @param fileId its number
  /// @param sizeBytes its length, all of it durable
  public record Sealed(long fileId, long sizeBytes) {}

  ByteBuffer encode() {
    int sizeBytes = HEADER_BYTES + sealed.size() * SEALED_BYTES + CHECKSUM_BYTES;
    byte[] bytes = new byte[sizeBytes];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).putInt(VERSION).putInt(sealed.size()).putLong(generation);
    buffer.putLong(nextFileId).putLong(activeFileId).putLong(baseSequence).putLong(baseIndex);
    for (Sealed file : sealed) {
      buffer.putLong(file.fileId()).putLong(file.sizeBytes());
    }
    return buffer.putInt(Checksum.of(bytes, 0, buffer.position())).flip();
  }

  /// @throws CorruptionException if the bytes are not a whole manifest
  static Manifest decode(String path, byte[] bytes) {
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
    if (version != VERSION || HEADER_BYTES + (long) count * SEALED_BYTES != checked) {
      throw new CorruptionException(path, 8, "version " + version + " or its length is unknown");
    }
    buffer.position(16);
    long generation = buffer.getLong();
    long nextFileId = buffer.getLong();
    long activeFileId = buffer.getLong();
    long baseSequence = buffer.getLong();
    long baseIndex = buffer.getLong();
    List<Sealed> sealed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sealed.add(new Sealed(buffer.getLong(), buffer.getLong()));
    }
    return new Manifest(generation, nextFileId, activeFileId, baseSequence, baseIndex, sealed);
  }
}
