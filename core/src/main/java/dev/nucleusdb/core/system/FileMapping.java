package dev.nucleusdb.core.system;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The bytes of a file in the address space, for reads without a system call. A file that grows is
/// mapped anew once it has grown by a good piece; what lies behind the last mapping is read the
/// other way. All mappings of a file go when it is closed.
final class FileMapping {
  /// A file that grows is not worth a mapping before this.
  static final int WORTH_BYTES = 64 * 1024;

  /// A mapping is one `ByteBuffer`, which is counted by an `int`.
  private static final long MAPPED_BYTES_MAX = Integer.MAX_VALUE - 4095L;

  private static final int CLOSE_SPINS_MAX = 1 << 20;

  private final SteadyChannel channel;
  private final boolean grows;
  private @Nullable Arena arena;

  /// From the file's beginning; null if nothing is mapped.
  private volatile @Nullable ByteBuffer mapped;

  /// Of no meaning: a sum that nobody reads, so that what is added to it is.
  @SuppressWarnings("UnusedVariable")
  private int touched;

  /// @param grows whether the file is written to; one that is not is mapped whole, however short
  FileMapping(SteadyChannel channel, boolean grows) {
    this.channel = channel;
    this.grows = grows;
  }

  /// Copies bytes of the file.
  ///
  /// @param fileSizeBytes how long the file is now
  /// @return false, with nothing copied, if they are not mapped
  boolean read(long offset, ByteBuffer into, long fileSizeBytes) {
    ByteBuffer current = mapped;
    int sizeBytes = into.remaining();
    long end = offset + sizeBytes;
    if (current == null || end > current.capacity()) {
      current = end <= fileSizeBytes ? grow(end, fileSizeBytes) : null;
    }
    if (current == null) {
      return false;
    }
    into.put(into.position(), current, (int) offset, sizeBytes);
    into.position(into.limit());
    return true;
  }

  /// Has the processor fetch the first and the last of these bytes, if they are mapped.
  void touch(long offset, int sizeBytes) {
    ByteBuffer current = mapped;
    long last = offset + sizeBytes - 1;
    if (current != null && last < current.capacity()) {
      touched += current.get((int) offset) + current.get((int) last);
    }
  }

  private synchronized @Nullable ByteBuffer grow(long end, long fileSizeBytes) {
    ByteBuffer current = mapped;
    long known = current == null ? 0 : current.capacity();
    if (end <= known) {
      return current;
    }
    long size = Math.min(fileSizeBytes, MAPPED_BYTES_MAX);
    boolean worth = size >= WORTH_BYTES && size - known >= Math.max(WORTH_BYTES, known / 8);
    if (end > size || (grows && !worth)) {
      return null;
    }
    if (arena == null) {
      arena = Arena.ofShared();
    }
    try {
      MemorySegment segment = channel.map(size, arena);
      ByteBuffer grown = segment.asByteBuffer();
      mapped = grown;
      return grown;
    } catch (IOException noMapping) {
      return null;
    }
  }

  /// The file is about to be cut: what was mapped may no longer be there.
  synchronized void forget() {
    mapped = null;
  }

  /// Unmaps everything. Who looks at bytes at this moment is waited for; who does so later gets an
  /// `IllegalStateException`.
  synchronized void close() {
    mapped = null;
    Arena closing = arena;
    arena = null;
    for (int spins = 0; closing != null && spins < CLOSE_SPINS_MAX; spins++) {
      try {
        closing.close();
        return;
      } catch (IllegalStateException inUse) {
        Thread.onSpinWait();
      }
    }
  }
}
