package dev.nucleusdb.bitcask.segment;

import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;

/// A stretch of a file in memory, moved forward as a reader asks: one large read for many small
/// frames. An error of the disk passes through: it is never taken for the end of the file.
final class Window {
  private static final int READ_AHEAD_BYTES = 64 * 1024;

  private final DiskFile file;
  private byte[] bytes = new byte[0];
  private long start;
  private int length;

  Window(DiskFile file) {
    this.file = file;
  }

  /// The array that holds the bytes last asked for; another one after a larger request.
  byte[] bytes() {
    return bytes;
  }

  /// Makes `wanted` bytes from `offset` stand in [#bytes].
  ///
  /// @return where in the array they begin, or -1 if the file ends before
  int hold(long offset, int wanted) {
    if (offset < start || offset + wanted > start + length) {
      fill(offset, wanted);
    }
    return offset + wanted <= start + length ? (int) (offset - start) : -1;
  }

  /// Reads what is asked for next from the disk again.
  void forget() {
    length = 0;
  }

  private void fill(long offset, int wanted) {
    long rest = Math.max(0, file.sizeBytes() - offset);
    int room = (int) Math.max(wanted, Math.min(rest, READ_AHEAD_BYTES));
    if (bytes.length < room) {
      bytes = new byte[room];
    }
    start = offset;
    length = file.read(offset, ByteBuffer.wrap(bytes));
  }
}
