package dev.nucleusdb.bitcask.hint;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.bitcask.offheap.ByteQueue;
import dev.nucleusdb.bitcask.offheap.ChunkPool;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
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
/// merged block by block. But for those that are not sorted yet all of it stands outside the heap,
/// until it is written or the builder is closed.
public final class HintBuilder implements AutoCloseable {
  private static final int SORTED_AT_ONCE = 4 * 1024;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final HintRule rule;
  private final ChunkPool pool;
  private final ScannedRun unsorted = new ScannedRun();
  private final List<StoredRun> runs = new ArrayList<>();

  /// Each block behind its length.
  private final ByteQueue blocks;

  private final byte[] blockLength = new byte[Integer.BYTES];
  private @Nullable MergedRuns merged;
  private boolean more;
  private int blockCount;
  private int entryCount;

  /// @param rule which records it takes
  /// @param pool lends the memory
  public HintBuilder(HintRule rule, ChunkPool pool) {
    this.rule = rule;
    this.pool = pool;
    this.blocks = new ByteQueue(pool);
  }

  /// A record of the file; the newest of each key is kept.
  public void add(Entry record) {
    while (rule.takes(record.isTombstone()) && (isFull() || !unsorted.add(record))) {
      sort();
    }
  }

  /// As above, of a record that is known by its parts.
  public void add(byte[] key, long offset, int sizeBytes, long sequence, boolean tombstone) {
    while (rule.takes(tombstone)
        && (isFull() || !unsorted.add(key, offset, sizeBytes, sequence, tombstone))) {
      sort();
    }
  }

  private boolean isFull() {
    return unsorted.count() == SORTED_AT_ONCE;
  }

  private void sort() {
    runs.add(new StoredRun(unsorted, pool));
  }

  /// Makes the next block, once all records are added.
  ///
  /// @param lowestSequence in the data file
  /// @return whether there are more
  public boolean encodeBlock(long fileId, long lowestSequence) {
    MergedRuns records = merged == null ? merge() : merged;
    HintBlock block = new HintBlock(fileId);
    while (more && !block.isFull()) {
      block.add(records, lowestSequence);
      entryCount++;
      more = records.next();
    }
    if (!block.isEmpty()) {
      byte[] bytes = block.finish(blockCount++);
      INT.set(blockLength, 0, bytes.length);
      blocks.write(blockLength, 0, blockLength.length);
      blocks.write(bytes, 0, bytes.length);
    }
    return more;
  }

  private MergedRuns merge() {
    sort();
    MergedRuns made = new MergedRuns(runs, (found, known) -> found > known);
    merged = made;
    more = made.next();
    return made;
  }

  /// The head of the hint, once all blocks are made.
  ///
  /// @param sizeBytes length of the data file
  /// @param contentChecksum of the data file
  /// @param lowestSequence in the data file
  public byte[] head(
      StoreId storeId, long fileId, long sizeBytes, long contentChecksum, long lowestSequence) {
    return new HintHeader(
            blockCount, storeId, fileId, sizeBytes, contentChecksum, lowestSequence, entryCount)
        .encode();
  }

  /// The next of the blocks that follow the head; null once there is none left.
  public byte @Nullable [] takeBlock() {
    if (blocks.sizeBytes() == 0) {
      return null;
    }
    blocks.read(blockLength, 0, blockLength.length);
    byte[] block = new byte[(int) INT.get(blockLength, 0)];
    blocks.read(block, 0, block.length);
    return block;
  }

  /// Gives its memory back. Nothing may be called afterwards.
  @Override
  public void close() {
    runs.forEach(StoredRun::close);
    runs.clear();
    blocks.close();
  }
}
