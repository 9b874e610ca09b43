package dev.nucleusdb.bitcask.offheap;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/// Chunks of memory outside the heap, lent and given back. One thread at a time.
///
/// Some that were given back are kept for the next time. The others, and all of a store that is
/// dropped without a close, as simulated crashes do, are freed by the collector; the JDK counts
/// both against `-XX:MaxDirectMemorySize`.
public final class ChunkPool {
  /// Bytes of a chunk.
  public static final int CHUNK_BYTES = 32 * 1024;

  /// Kept for the next time, at most.
  public static final int RETAINED_BYTES_MAX = 16 * 1024 * 1024;

  private final ArrayDeque<MemorySegment> free = new ArrayDeque<>();
  private int lent;

  /// A chunk whose content is undefined.
  MemorySegment lend() {
    lent++;
    return free.isEmpty() ? Arena.ofAuto().allocate(CHUNK_BYTES) : free.pop();
  }

  void giveBack(MemorySegment chunk) {
    invariant(lent > 0, "more chunks are given back than were lent");
    lent--;
    if (free.size() < RETAINED_BYTES_MAX / CHUNK_BYTES) {
      free.push(chunk);
    }
  }

  /// Bytes that are kept for the next time.
  public long retainedBytes() {
    return (long) free.size() * CHUNK_BYTES;
  }

  /// Bytes that are lent.
  public long lentBytes() {
    return (long) lent * CHUNK_BYTES;
  }
}
