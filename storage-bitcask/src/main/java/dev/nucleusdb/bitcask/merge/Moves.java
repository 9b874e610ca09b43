package dev.nucleusdb.bitcask.merge;

import dev.nucleusdb.bitcask.offheap.ByteQueue;
import dev.nucleusdb.bitcask.offheap.ChunkPool;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Where a merge has copied records to, in the order in which it has: rows outside the heap, since
/// a merge copies millions of them and keeps them for seconds.
///
/// ```
///   row ::= place it was copied from (8)
///           place of the copy (8), or none if the record has expired
///           size on disk of what was copied (4)
///           bytes of the key (4)
///           key
/// ```
final class Moves implements AutoCloseable {
  private static final int ROW_BYTES = 24;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final ByteQueue rows;
  private final byte[] row = new byte[ROW_BYTES];
  private long count;

  /// @param pool lends the memory
  Moves(ChunkPool pool) {
    rows = new ByteQueue(pool);
  }

  /// Adds a row.
  ///
  /// @param to a place, or `Place.NONE`
  /// @param sizeBytes of what was copied, and so of its copy
  void add(byte[] key, long from, long to, int sizeBytes) {
    LONG.set(row, 0, from);
    LONG.set(row, 8, to);
    INT.set(row, 16, sizeBytes);
    INT.set(row, 20, key.length);
    rows.write(row, 0, ROW_BYTES);
    rows.write(key, 0, key.length);
    count++;
  }

  /// How many were added.
  long count() {
    return count;
  }

  /// Takes the next row in the order in which they were added.
  Move next() {
    rows.read(row, 0, ROW_BYTES);
    byte[] key = new byte[(int) INT.get(row, 20)];
    rows.read(key, 0, key.length);
    return new Move(key, (long) LONG.get(row, 0), (long) LONG.get(row, 8), (int) INT.get(row, 16));
  }

  /// Whether there are more rows to take, once all were added.
  boolean hasNext() {
    return rows.sizeBytes() > 0;
  }

  /// Gives its memory back. Nothing may be called afterwards but [#count].
  @Override
  public void close() {
    rows.close();
  }

  /// A record that was copied, or, with no place to go, one that has expired.
  record Move(byte[] key, long from, long to, int sizeBytes) {}
}
