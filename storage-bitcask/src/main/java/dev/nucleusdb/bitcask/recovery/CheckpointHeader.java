package dev.nucleusdb.bitcask.recovery;

import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.StoreId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an index that was saved belongs to; stands in front of its image. A multiple of 4096 bytes,
/// little endian:
///
/// ```
///    0  8 bytes  magic "NUCLINDX"
///    8  u32      format version, 1
///   12  u32      bytes of this header
///   16  16 bytes store id
///   32  u64      generation of the manifest
///   40  u64      length of the active file: what lies behind is to be scanned
///   48  u64      next sequence number
///   56  u64      log index of the last batch
///   64  80 bytes what is known of the active file, as in a seal
///  144  u32      count of data files
///  148  u32      0
///  152  data files: file id u64, number in places of the index u64, live bytes u64
///    …  zeros, and at the very end u32 crc32c of everything before
/// ```
///
/// @param storeId of the store
/// @param generation of the manifest
/// @param activeBytes length of the active file
/// @param nextSequence number of the next entry
/// @param appliedIndex log index of the last batch
/// @param active what is known of the active file
/// @param files the data files
record CheckpointHeader(
    StoreId storeId,
    long generation,
    long activeBytes,
    long nextSequence,
    long appliedIndex,
    Footer active,
    List<DataFile> files) {
  private static final byte[] MAGIC = "NUCLINDX".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int FIXED_BYTES = 152;
  private static final int FILE_BYTES = 24;
  private static final int PAGE_BYTES = 4096;
  private static final int SIZE_BYTES_MAX = 16 << 20;

  /// A data file.
  ///
  /// @param fileId its id
  /// @param number what places of the index call it
  /// @param liveBytes bytes of records that the index points at
  record DataFile(long fileId, int number, long liveBytes) {}

  /// Tells this state of this store from any other.
  long binding() {
    long mixed = storeId.high() ^ Long.rotateLeft(storeId.low(), 32);
    for (long part : new long[] {generation, activeBytes, nextSequence, appliedIndex}) {
      mixed = (Long.rotateLeft(mixed, 23) ^ part) * 0x9e3779b97f4a7c15L;
    }
    return mixed;
  }

  byte[] encode() {
    int needed = FIXED_BYTES + files.size() * FILE_BYTES + Integer.BYTES;
    byte[] bytes = new byte[(needed + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).putInt(VERSION).putInt(bytes.length);
    buffer.putLong(storeId.high()).putLong(storeId.low());
    buffer.putLong(generation).putLong(activeBytes).putLong(nextSequence).putLong(appliedIndex);
    active.write(buffer);
    buffer.putInt(files.size()).putInt(0);
    for (DataFile file : files) {
      buffer.putLong(file.fileId).putLong(file.number).putLong(file.liveBytes);
    }
    int checked = bytes.length - Integer.BYTES;
    buffer.putInt(checked, Checksum.of(bytes, 0, checked));
    return bytes;
  }

  /// How long the header is that begins with these bytes; 0 if none does.
  static int sizeBytes(byte[] bytes) {
    if (bytes.length < FIXED_BYTES || !Arrays.equals(bytes, 0, 8, MAGIC, 0, 8)) {
      return 0;
    }
    int size = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    return size > 0 && size <= SIZE_BYTES_MAX && size % PAGE_BYTES == 0 ? size : 0;
  }

  /// The header; null if it is not whole.
  static @Nullable CheckpointHeader decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int checked = bytes.length - Integer.BYTES;
    if (buffer.getInt(checked) != Checksum.of(bytes, 0, checked) || buffer.getInt(8) != VERSION) {
      return null;
    }
    int count = buffer.getInt(FIXED_BYTES - 8);
    if (count < 0 || FIXED_BYTES + (long) count * FILE_BYTES > checked) {
      return null;
    }
    buffer.position(16);
    StoreId storeId = new StoreId(buffer.getLong(), buffer.getLong());
    long generation = buffer.getLong();
    long activeBytes = buffer.getLong();
    long nextSequence = buffer.getLong();
    long appliedIndex = buffer.getLong();
    Footer active = Footer.read(bytes, buffer.position());
    buffer.position(FIXED_BYTES);
    List<DataFile> files = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      files.add(new DataFile(buffer.getLong(), (int) buffer.getLong(), buffer.getLong()));
    }
    return new CheckpointHeader(
        storeId, generation, activeBytes, nextSequence, appliedIndex, active, files);
  }
}
