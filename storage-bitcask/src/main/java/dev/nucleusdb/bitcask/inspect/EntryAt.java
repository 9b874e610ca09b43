package dev.nucleusdb.bitcask.inspect;

import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Reads one entry at a known offset.
final class EntryAt {
  private static final int HEAD_BYTES = Entry.HEADER_BYTES + Entry.EXPIRY_BYTES;

  private EntryAt() {}

  /// The entry; null if none stands there that is whole.
  static @Nullable Entry read(DiskFile file, long fileId, long offset) {
    byte[] head = bytes(file, offset, HEAD_BYTES);
    ByteBuffer buffer = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int keyAndFlags = buffer.getInt(Entry.KEY_BYTES_OFFSET);
    int valueBytes = buffer.getInt(Entry.VALUE_BYTES_OFFSET);
    if (!Entry.isPossible(keyAndFlags, valueBytes)
        || offset + Entry.bytes(keyAndFlags, valueBytes) > file.sizeBytes()) {
      return null;
    }
    byte[] bytes = bytes(file, offset, Entry.bytes(keyAndFlags, valueBytes));
    int from = Entry.CHECKED_FROM;
    int computed = new Checksum().of(fileId, offset, bytes, from, bytes.length - from);
    boolean whole = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0) == computed;
    return whole ? Entry.read(offset, bytes, 0, bytes.length) : null;
  }

  private static byte[] bytes(DiskFile file, long offset, int length) {
    byte[] bytes = new byte[length];
    file.read(offset, ByteBuffer.wrap(bytes));
    return bytes;
  }
}
