package dev.nucleusdb.bitcask.hint;

import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// Gathers what a data file holds and writes it as a hint:
///
/// ```
///   hint  ::= header (72, see HintHeader) block*
///   block ::= crc32c (4)            of: file id (8), block number (8), payload
///             payload bytes (4)
///             payload = entry*
///   entry ::= varint                bytes of the key that it shares with the entry before in its block
///             varint, bytes         the rest of the key
///             varint                offset / 8, times 2, plus 1 for a tombstone
///             varint                size / 8
///             varint                sequence number, minus the lowest in the file
/// ```
public final class HintBuilder {
  private static final int BLOCK_BYTES = 32 * 1024;

  private final TreeMap<byte[], Hinted> newest = new TreeMap<>(Bytes.ORDER);

  /// A record of the file; the newest of each key is kept.
  public void add(Hinted record) {
    Hinted known = newest.get(record.key());
    if (known == null || known.sequence() < record.sequence()) {
      newest.put(record.key(), record);
    }
  }

  /// The pieces of the hint, to be appended one after the other.
  ///
  /// @param sizeBytes length of the data file
  /// @param contentChecksum of the data file
  /// @param lowestSequence in the data file
  public List<byte[]> encode(
      StoreId storeId, long fileId, long sizeBytes, long contentChecksum, long lowestSequence) {
    List<byte[]> pieces = new ArrayList<>();
    pieces.add(new byte[0]);
    Block block = new Block(fileId);
    for (Hinted record : newest.values()) {
      if (block.isFull()) {
        pieces.add(block.finish(pieces.size() - 1));
      }
      block.add(record, lowestSequence);
    }
    if (!newest.isEmpty()) {
      pieces.add(block.finish(pieces.size() - 1));
    }
    HintHeader header =
        new HintHeader(
            pieces.size() - 1,
            storeId,
            fileId,
            sizeBytes,
            contentChecksum,
            lowestSequence,
            newest.size());
    pieces.set(0, header.encode());
    return pieces;
  }

  /// Appends a piece.
  public static void append(DiskFile file, byte[] piece) {
    file.append(ByteBuffer.wrap(piece));
  }

  /// One block while it is filled.
  private static final class Block {
    static final int HEADER_BYTES = 8;

    private final long fileId;
    private final Checksum checksum = new Checksum();
    private byte[] bytes = new byte[BLOCK_BYTES + 1024];
    private int length = HEADER_BYTES;
    private byte[] previous = new byte[0];

    Block(long fileId) {
      this.fileId = fileId;
    }

    boolean isFull() {
      return length >= BLOCK_BYTES;
    }

    void add(Hinted record, long lowestSequence) {
      byte[] key = record.key();
      int shared = Arrays.mismatch(previous, key);
      shared = shared < 0 ? key.length : shared;
      int most = key.length - shared + 5 * Varints.BYTES_MAX;
      if (bytes.length - length < most) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + most));
      }
      length = Varints.put(bytes, length, shared);
      length = Varints.put(bytes, length, key.length - shared);
      System.arraycopy(key, shared, bytes, length, key.length - shared);
      length += key.length - shared;
      length = Varints.put(bytes, length, record.offset() / 4 | (record.isTombstone() ? 1 : 0));
      length = Varints.put(bytes, length, record.sizeBytes() / 8);
      length = Varints.put(bytes, length, record.sequence() - lowestSequence);
      previous = key;
    }

    byte[] finish(int number) {
      byte[] block = Arrays.copyOf(bytes, length);
      int payloadBytes = length - HEADER_BYTES;
      ByteBuffer.wrap(block)
          .order(java.nio.ByteOrder.LITTLE_ENDIAN)
          .putInt(checksum.of(fileId, number, block, HEADER_BYTES, payloadBytes))
          .putInt(payloadBytes);
      length = HEADER_BYTES;
      previous = new byte[0];
      return block;
    }
  }
}
