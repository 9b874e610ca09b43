package dev.nucleusdb.bitcask.hint;

import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A hint read record by record, of which only a window stands in memory: 64 KiB, or one block if
/// that is larger. All checksums are verified before it is given out and again as it is read: if
/// the disk shows something else by then, the run ends early and [#isWhole] says so.
public final class HintStream implements SortedRun, AutoCloseable {
  private static final int WINDOW_BYTES = 64 * 1024;
  private static final int BLOCK_HEAD_BYTES = 8;

  /// A block takes no further record once it has 32 KiB, and one record is a key and five numbers.
  private static final int PAYLOAD_BYTES_MAX = 48 * 1024 + Entry.KEY_BYTES_MAX;

  /// A number that goes on beyond the end of its block is noticed afterwards.
  private static final int SLACK_BYTES = 64;

  private final DiskFile file;
  private final HintHeader header;
  private final long sizeBytes;
  private final Checksum checksum = new Checksum();

  private byte[] window;
  private ByteBuffer buffer;
  private long windowAt;
  private int windowLength;

  /// Where the next block begins, and its number.
  private long blockAt = HintHeader.BYTES;

  private int blockNumber;

  /// What is left of the payload of this block, in the window.
  private int at;

  private int end;
  private boolean firstOfBlock;

  private byte[] key = new byte[64];
  private int keyLength;
  private long offset;
  private int recordBytes;
  private long sequence;
  private boolean tombstone;
  private int read;
  private boolean damaged;

  private HintStream(DiskFile file, HintHeader header) {
    this.file = file;
    this.header = header;
    this.sizeBytes = file.sizeBytes();
    int room = (int) Math.min(sizeBytes, WINDOW_BYTES);
    window = new byte[room + SLACK_BYTES];
    buffer = ByteBuffer.wrap(window).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Opens the hint of a data file; null if it is damaged, torn, or not of this data file with this
  /// content.
  ///
  /// @param file the hint in the clear; closed with the stream, or by the caller if there is none
  /// @param footer of the data file
  public static @Nullable HintStream open(
      DiskFile file, StoreId storeId, long fileId, long sizeBytes, Footer footer) {
    byte[] head = new byte[HintHeader.BYTES];
    HintHeader header =
        file.read(0, ByteBuffer.wrap(head)) < head.length ? null : HintHeader.decode(head);
    if (header == null || !header.belongsTo(storeId, fileId, sizeBytes, footer)) {
      return null;
    }
    HintStream stream = new HintStream(file, header);
    return stream.areBlocksWhole() ? stream : null;
  }

  /// Goes before the first record again.
  public void rewind() {
    blockAt = HintHeader.BYTES;
    blockNumber = 0;
    at = 0;
    end = 0;
    read = 0;
    damaged = false;
  }

  private boolean areBlocksWhole() {
    while (nextBlock()) {
      at = end;
    }
    boolean whole = !damaged && blockAt == sizeBytes;
    rewind();
    return whole;
  }

  /// Whether all that was announced has been read; asked once [#next] has said that there is no
  /// more.
  public boolean isWhole() {
    return !damaged && read == header.entryCount() && blockAt == sizeBytes;
  }

  @Override
  public boolean next() {
    if (damaged || (at == end && !nextBlock())) {
      return false;
    }
    damaged = !readRecord();
    return !damaged;
  }

  /// Brings the next block into the window, if it is whole.
  private boolean nextBlock() {
    if (blockNumber == header.blockCount()) {
      return false;
    }
    damaged = true;
    if (!hold(BLOCK_HEAD_BYTES)) {
      return false;
    }
    int payloadBytes = buffer.getInt(start() + 4);
    if (payloadBytes <= 0
        || payloadBytes > PAYLOAD_BYTES_MAX
        || !hold(BLOCK_HEAD_BYTES + payloadBytes)) {
      return false;
    }
    int from = start() + BLOCK_HEAD_BYTES;
    int computed = checksum.of(header.fileId(), blockNumber, window, from, payloadBytes);
    if (buffer.getInt(start()) != computed) {
      return false;
    }
    at = from;
    end = from + payloadBytes;
    blockAt += BLOCK_HEAD_BYTES + payloadBytes;
    blockNumber++;
    firstOfBlock = true;
    damaged = false;
    return true;
  }

  private int start() {
    return (int) (blockAt - windowAt);
  }

  /// Makes bytes from the beginning of the next block stand in the window; false if the file ends
  /// before.
  private boolean hold(int wanted) {
    if (blockAt < windowAt || blockAt + wanted > windowAt + windowLength) {
      int room = (int) Math.min(sizeBytes - blockAt, Math.max(wanted, WINDOW_BYTES));
      if (room < wanted) {
        return false;
      }
      if (window.length < room + SLACK_BYTES) {
        window = new byte[room + SLACK_BYTES];
        buffer = ByteBuffer.wrap(window).order(ByteOrder.LITTLE_ENDIAN);
      }
      windowAt = blockAt;
      windowLength = 0;
      try {
        windowLength = file.read(blockAt, ByteBuffer.wrap(window, 0, room));
      } catch (DiskException unreadable) {
        return false;
      }
    }
    return blockAt + wanted <= windowAt + windowLength;
  }

  /// Reads a record; false if it was written wrongly, as its checksum is right.
  private boolean readRecord() {
    int shared = (int) varint();
    int rest = (int) varint();
    boolean isPossible = shared >= 0 && rest >= 0 && rest <= end - at;
    if (!isPossible || !followsKey(shared, rest)) {
      return false;
    }
    if (key.length < shared + rest) {
      key = Arrays.copyOf(key, Math.max(2 * key.length, shared + rest));
    }
    System.arraycopy(window, at, key, shared, rest);
    keyLength = shared + rest;
    at += rest;
    long offsetAndKind = varint();
    offset = (offsetAndKind >>> 1) * 8;
    tombstone = (offsetAndKind & 1) != 0;
    recordBytes = (int) varint() * 8;
    sequence = header.lowestSequence() + varint();
    firstOfBlock = false;
    read++;
    return at <= end;
  }

  /// Whether a key of the first `shared` bytes of this one and `rest` bytes that stand next in the
  /// window comes after it.
  private boolean followsKey(int shared, int rest) {
    if (firstOfBlock) {
      return shared == 0
          && (read == 0 || Arrays.compareUnsigned(window, at, at + rest, key, 0, keyLength) > 0);
    }
    return shared == keyLength
        ? rest > 0
        : shared < keyLength && rest > 0 && (window[at] & 0xff) > (key[shared] & 0xff);
  }

  private long varint() {
    byte first = window[at++];
    if (first >= 0) {
      return first;
    }
    long value = first & 0x7f;
    for (int shift = 7; shift < 64; shift += 7) {
      byte more = window[at++];
      value |= (long) (more & 0x7f) << shift;
      if (more >= 0) {
        return value;
      }
    }
    return value;
  }

  @Override
  public byte[] keyBuffer() {
    return key;
  }

  @Override
  public int keyLength() {
    return keyLength;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public int sizeBytes() {
    return recordBytes;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public boolean isTombstone() {
    return tombstone;
  }

  @Override
  public void close() {
    file.close();
  }
}
