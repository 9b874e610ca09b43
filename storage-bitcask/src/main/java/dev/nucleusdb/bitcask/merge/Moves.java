package dev.nucleusdb.bitcask.merge;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where a merge has copied records to, in the order in which it has: rows in a few arrays, since a
/// merge copies millions of them, and each object would be moved about by the collector.
///
/// ```
///   row ::= place it was copied from (8)
///           place of the copy (8), or none if the record has expired
///           size on disk (4)
///           bytes of the key (4)
///           key
/// ```
final class Moves {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int ROW_BYTES = 24;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final List<Chunk> chunks = new ArrayList<>();
  private long count;

  // Where it is read.
  private int chunk;
  private int at;
  private long read;

  private static final class Chunk {
    final byte[] rows;
    int filled;

    Chunk(int sizeBytes) {
      rows = new byte[sizeBytes];
    }
  }

  /// Adds a row.
  ///
  /// @param to a place, or `Place.NONE`
  void add(byte[] key, long from, long to, int sizeBytes) {
    int rowBytes = ROW_BYTES + key.length;
    if (chunks.isEmpty() || CHUNK_BYTES - chunks.getLast().filled < rowBytes) {
      chunks.add(new Chunk(Math.max(CHUNK_BYTES, rowBytes)));
    }
    Chunk last = chunks.getLast();
    LONG.set(last.rows, last.filled, from);
    LONG.set(last.rows, last.filled + 8, to);
    INT.set(last.rows, last.filled + 16, sizeBytes);
    INT.set(last.rows, last.filled + 20, key.length);
    System.arraycopy(key, 0, last.rows, last.filled + ROW_BYTES, key.length);
    last.filled += rowBytes;
    count++;
  }

  long count() {
    return count;
  }

  /// Takes the next row in the order in which they were added.
  Move next() {
    if (at == chunks.get(chunk).filled) {
      chunk++;
      at = 0;
    }
    byte[] rows = chunks.get(chunk).rows;
    int from = at + ROW_BYTES;
    byte[] key = Arrays.copyOfRange(rows, from, from + (int) INT.get(rows, at + 20));
    Move move =
        new Move(
            key,
            (long) LONG.get(rows, at),
            (long) LONG.get(rows, at + 8),
            (int) INT.get(rows, at + 16));
    at = from + key.length;
    read++;
    return move;
  }

  /// Whether there are more rows to take, once all were added.
  boolean hasNext() {
    return read < count;
  }

  /// A record that was copied, or, with no place to go, one that has expired.
  record Move(byte[] key, long from, long to, int sizeBytes) {}
}
