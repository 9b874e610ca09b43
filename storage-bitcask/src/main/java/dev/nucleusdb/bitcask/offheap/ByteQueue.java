package dev.nucleusdb.bitcask.offheap;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;

/// Bytes outside the heap, read in the order in which they were written; what has been read is
/// given back. One thread at a time.
public final class ByteQueue implements AutoCloseable {
  private final ChunkPool pool;

  /// The first is being read, the last written; they may be the same.
  private final ArrayDeque<MemorySegment> chunks = new ArrayDeque<>();

  private int readTo;
  private int writtenTo = ChunkPool.CHUNK_BYTES;
  private long sizeBytes;

  /// @param pool lends the memory
  public ByteQueue(ChunkPool pool) {
    this.pool = pool;
  }

  /// Bytes that were written and not read.
  public long sizeBytes() {
    return sizeBytes;
  }

  /// Adds bytes at the end.
  public void write(byte[] from, int at, int length) {
    int done = 0;
    while (done < length) {
      if (writtenTo == ChunkPool.CHUNK_BYTES) {
        chunks.add(pool.lend());
        writtenTo = 0;
      }
      int part = Math.min(length - done, ChunkPool.CHUNK_BYTES - writtenTo);
      MemorySegment.copy(from, at + done, chunks.getLast(), ValueLayout.JAVA_BYTE, writtenTo, part);
      writtenTo += part;
      done += part;
    }
    sizeBytes += length;
  }

  /// Takes bytes from the front, as many as asked for.
  public void read(byte[] into, int at, int length) {
    invariant(length <= sizeBytes, "%d bytes are read of %d", length, sizeBytes);
    int done = 0;
    while (done < length) {
      int part = Math.min(length - done, ChunkPool.CHUNK_BYTES - readTo);
      MemorySegment.copy(chunks.getFirst(), ValueLayout.JAVA_BYTE, readTo, into, at + done, part);
      readTo += part;
      done += part;
      if (readTo == ChunkPool.CHUNK_BYTES) {
        pool.giveBack(chunks.removeFirst());
        readTo = 0;
      }
    }
    sizeBytes -= length;
    if (sizeBytes == 0) {
      close();
    }
  }

  /// Gives back what was not read. The queue is empty then, and may be used again.
  @Override
  public void close() {
    while (!chunks.isEmpty()) {
      pool.giveBack(chunks.removeFirst());
    }
    readTo = 0;
    writtenTo = ChunkPool.CHUNK_BYTES;
    sizeBytes = 0;
  }
}
