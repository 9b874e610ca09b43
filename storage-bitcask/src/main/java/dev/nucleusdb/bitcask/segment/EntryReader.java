package dev.nucleusdb.bitcask.segment;

import dev.nucleusdb.core.disk.CorruptionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Reads one record and trusts nothing about it: checksum, key, lengths and sequence number must be
/// those that the index promised.
public final class EntryReader {
  private static final int RETAINED_BYTES = 64 * 1024;

  private final FrameCheck check;
  private final Checksum checksum = new Checksum();
  private byte[] scratch = new byte[4096];

  /// @param check decides whether what was read is what was written
  public EntryReader(FrameCheck check) {
    this.check = check;
  }

  /// The value of a record that should stand at a place.
  ///
  /// @throws CorruptionException if it does not
  public byte[] value(Segment segment, long offset, byte[] key, int valueBytes, long sequence) {
    int sizeBytes = Entry.bytes(key.length, valueBytes);
    byte[] bytes = room(sizeBytes);
    int read = segment.file().read(offset, ByteBuffer.wrap(bytes, 0, sizeBytes));
    String path = segment.file().path();
    if (read < sizeBytes) {
      throw new CorruptionException(path, offset, "the file ends within a record");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int from = Entry.CHECKED_FROM;
    int computed = checksum.of(segment.fileId(), offset, bytes, from, sizeBytes - from);
    if (!check.isIntact(buffer.getInt(0), computed)) {
      throw new CorruptionException(path, offset, "the checksum of a record is wrong");
    }
    int keyEnd = Entry.HEADER_BYTES + key.length;
    if (buffer.getInt(Entry.KEY_BYTES_OFFSET) != key.length
        || buffer.getInt(Entry.VALUE_BYTES_OFFSET) != valueBytes
        || buffer.getLong(Entry.SEQUENCE_OFFSET) != sequence
        || !Arrays.equals(bytes, Entry.HEADER_BYTES, keyEnd, key, 0, key.length)) {
      throw new CorruptionException(path, offset, "another record stands here");
    }
    return Arrays.copyOfRange(bytes, keyEnd, keyEnd + valueBytes);
  }

  private byte[] room(int sizeBytes) {
    if (sizeBytes > RETAINED_BYTES) {
      return new byte[sizeBytes];
    }
    if (scratch.length < sizeBytes) {
      scratch = new byte[Math.min(RETAINED_BYTES, Math.max(sizeBytes, 2 * scratch.length))];
    }
    return scratch;
  }
}
