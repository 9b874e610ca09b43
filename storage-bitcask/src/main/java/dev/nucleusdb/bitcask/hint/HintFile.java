package dev.nucleusdb.bitcask.hint;

import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a hint and believes nothing that its checksums do not vouch for.
public final class HintFile {
  private final byte[] bytes;
  private final ByteBuffer buffer;
  private final HintHeader header;
  private final List<Hinted> records;
  private final Checksum checksum = new Checksum();

  private HintFile(byte[] bytes, HintHeader header) {
    this.bytes = bytes;
    this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.header = header;
    this.records = new ArrayList<>(header.entryCount());
  }

  /// What a hint tells, in the order of the keys; null if it is damaged, torn, or not of this data
  /// file with this content.
  ///
  /// @param footer of the data file
  public static @Nullable List<Hinted> read(
      DiskFile file, StoreId storeId, long fileId, long sizeBytes, Footer footer) {
    byte[] bytes = new byte[Math.toIntExact(file.sizeBytes())];
    int read = file.read(0, ByteBuffer.wrap(bytes));
    HintHeader header = read < bytes.length ? null : HintHeader.decode(bytes);
    if (header == null || !header.belongsTo(storeId, fileId, sizeBytes, footer)) {
      return null;
    }
    HintFile hint = new HintFile(bytes, header);
    return hint.readBlocks() ? hint.records : null;
  }

  /// As above, for a data file whose seal cannot be read.
  public static @Nullable List<Hinted> readAlone(
      DiskFile file, StoreId storeId, long fileId, long sizeBytes) {
    byte[] bytes = new byte[Math.toIntExact(file.sizeBytes())];
    int read = file.read(0, ByteBuffer.wrap(bytes));
    HintHeader header = read < bytes.length ? null : HintHeader.decode(bytes);
    if (header == null
        || !header.storeId().equals(storeId)
        || header.fileId() != fileId
        || header.sizeBytes() != sizeBytes
        || header.entryCount() < 0) {
      return null;
    }
    HintFile hint = new HintFile(bytes, header);
    return hint.readBlocks() ? hint.records : null;
  }

  private boolean readBlocks() {
    int at = HintHeader.BYTES;
    for (int number = 0; number < header.blockCount(); number++) {
      int end = blockEnd(at, number);
      if (end < 0 || !readEntries(at + 8, end)) {
        return false;
      }
      at = end;
    }
    return at == bytes.length && records.size() == header.entryCount();
  }

  /// Where a block ends that is whole; -1 if it is not.
  private int blockEnd(int at, int number) {
    if (bytes.length - at < 8) {
      return -1;
    }
    int payloadBytes = buffer.getInt(at + 4);
    if (payloadBytes < 0 || payloadBytes > bytes.length - at - 8) {
      return -1;
    }
    int computed = checksum.of(header.fileId(), number, bytes, at + 8, payloadBytes);
    return buffer.getInt(at) == computed ? at + 8 + payloadBytes : -1;
  }

  /// Reads the entries of a block that is whole: its checksum was right, so it is as it was
  /// written, and what does not parse was written wrongly.
  private boolean readEntries(int from, int end) {
    buffer.position(from);
    byte[] previous = new byte[0];
    while (buffer.position() < end) {
      int shared = (int) varint();
      int rest = (int) varint();
      if (shared > previous.length || rest < 0 || rest > end - buffer.position()) {
        return false;
      }
      byte[] key = new byte[shared + rest];
      System.arraycopy(previous, 0, key, 0, shared);
      buffer.get(key, shared, rest);
      long offsetAndKind = varint();
      long sizeUnits = varint();
      long sequence = header.lowestSequence() + varint();
      records.add(
          new Hinted(
              key,
              (offsetAndKind >>> 1) * 8,
              (int) sizeUnits * 8,
              sequence,
              (offsetAndKind & 1) != 0));
      previous = key;
    }
    return buffer.position() == end;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = buffer.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    return value;
  }
}
