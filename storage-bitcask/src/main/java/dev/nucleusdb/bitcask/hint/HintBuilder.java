package dev.nucleusdb.bitcask.hint;

import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.StoreId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
///
/// Its parts are short enough to come between two writes: records are sorted some at a time, and
/// merged block by block.
public final class HintBuilder {
  private static final int BLOCK_BYTES = 32 * 1024;
  private static final int SORTED_AT_ONCE = 4 * 1024;

  private final HintRule rule;
  private final List<ScannedRun> runs = new ArrayList<>();
  private final List<byte[]> blocks = new ArrayList<>();
  private @Nullable MergedRuns merged;
  private boolean more;
  private int sortedRuns;
  private int entryCount;

  /// @param rule which records it takes
  public HintBuilder(HintRule rule) {
    this.rule = rule;
  }

  /// A record of the file; the newest of each key is kept.
  public void add(Entry record) {
    while (rule.takes(record.isTombstone()) && !run().add(record)) {
      runs.add(new ScannedRun());
    }
  }

  /// As above, of a record that is known by its parts.
  public void add(byte[] key, long offset, int sizeBytes, long sequence, boolean tombstone) {
    while (rule.takes(tombstone) && !run().add(key, offset, sizeBytes, sequence, tombstone)) {
      runs.add(new ScannedRun());
    }
  }

  private ScannedRun run() {
    if (runs.isEmpty() || runs.getLast().count() == SORTED_AT_ONCE) {
      runs.add(new ScannedRun());
    }
    return runs.getLast();
  }

  /// Sorts some of the records, once all are added.
  ///
  /// @return whether there are more
  public boolean sortSome() {
    if (sortedRuns < runs.size()) {
      runs.get(sortedRuns++).sort();
    }
    return sortedRuns < runs.size();
  }

  /// Makes the next block, once all records are sorted.
  ///
  /// @param lowestSequence in the data file
  /// @return whether there are more
  public boolean encodeBlock(long fileId, long lowestSequence) {
    MergedRuns records = merged == null ? merge() : merged;
    Block block = new Block(fileId);
    while (more && !block.isFull()) {
      block.add(records, lowestSequence);
      entryCount++;
      more = records.next();
    }
    if (!block.isEmpty()) {
      blocks.add(block.finish(blocks.size()));
    }
    return more;
  }

  private MergedRuns merge() {
    MergedRuns made = new MergedRuns(runs, (found, known) -> found > known);
    merged = made;
    more = made.next();
    return made;
  }

  /// The pieces of the hint, to be appended one after the other, once all blocks are made.
  ///
  /// @param sizeBytes length of the data file
  /// @param contentChecksum of the data file
  /// @param lowestSequence in the data file
  public List<byte[]> pieces(
      StoreId storeId, long fileId, long sizeBytes, long contentChecksum, long lowestSequence) {
    HintHeader header =
        new HintHeader(
            blocks.size(), storeId, fileId, sizeBytes, contentChecksum, lowestSequence, entryCount);
    List<byte[]> pieces = new ArrayList<>(blocks.size() + 1);
    pieces.add(header.encode());
    pieces.addAll(blocks);
    return pieces;
  }

  /// One block while it is filled.
  private static final class Block {
    static final int HEADER_BYTES = 8;

    private final long fileId;
    private final Checksum checksum = new Checksum();
    private byte[] bytes = new byte[BLOCK_BYTES + 1024];
    private int length = HEADER_BYTES;
    private byte[] previous = new byte[64];
    private int previousLength;

    Block(long fileId) {
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
          .order(java.nio.ByteOrder.LITTLE_ENDIAN)
          .putInt(checksum.of(fileId, number, block, HEADER_BYTES, payloadBytes))
          .putInt(payloadBytes);
      return block;
    }
  }
}
