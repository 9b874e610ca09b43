package dev.nucleusdb.bitcask.hint;

import dev.nucleusdb.bitcask.format.Checksum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// One block of a hint while it is filled; [HintBuilder] has the grammar.
final class HintBlock {
  private static final int BLOCK_BYTES = 32 * 1024;
  private static final int HEADER_BYTES = 8;

  private final long fileId;
  private final Checksum checksum = new Checksum();
  private byte[] bytes = new byte[BLOCK_BYTES + 1024];
  private int length = HEADER_BYTES;
  private byte[] previous = new byte[64];
  private int previousLength;

  HintBlock(long fileId) {
    this.fileId = fileId;
  }

  boolean isFull() {
    return length >= BLOCK_BYTES;
  }

  boolean isEmpty() {
    return length == HEADER_BYTES;
  }

  void add(SortedRun record, long lowestSequence) {
    byte[] key = record.keyBuffer();
    int keyLength = record.keyLength();
    int shared = Arrays.mismatch(previous, 0, previousLength, key, 0, keyLength);
    shared = shared < 0 ? keyLength : shared;
    int most = keyLength - shared + 5 * Varints.BYTES_MAX;
    if (bytes.length - length < most) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + most));
    }
    length = Varints.put(bytes, length, shared);
    length = Varints.put(bytes, length, keyLength - shared);
    System.arraycopy(key, shared, bytes, length, keyLength - shared);
    length += keyLength - shared;
    length = Varints.put(bytes, length, record.offset() / 4 | (record.isTombstone() ? 1 : 0));
    length = Varints.put(bytes, length, record.sizeBytes() / 8);
    length = Varints.put(bytes, length, record.sequence() - lowestSequence);
    if (previous.length < keyLength) {
      previous = new byte[Math.max(2 * previous.length, keyLength)];
    }
    System.arraycopy(key, 0, previous, 0, keyLength);
    previousLength = keyLength;
  }

  byte[] finish(int number) {
    byte[] block = Arrays.copyOf(bytes, length);
    int payloadBytes = length - HEADER_BYTES;
    ByteBuffer.wrap(block)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(checksum.of(fileId, number, block, HEADER_BYTES, payloadBytes))
        .putInt(payloadBytes);
    return block;
  }
}
