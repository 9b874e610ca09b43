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
  private byte[] key = {};
  private long count;

  /// @param pool lends the memory
  Moves(ChunkPool pool) {
    rows = new ByteQueue(pool);
  }

  /// Adds a row.
  ///
  /// @param copied the key
  /// @param to a place, or `Place.NONE`
  /// @param sizeBytes of what was copied, and so of its copy
  void add(byte[] copied, long from, long to, int sizeBytes) {
    LONG.set(row, 0, from);
    LONG.set(row, 8, to);
    INT.set(row, 16, sizeBytes);
    INT.set(row, 20, copied.length);
    rows.write(row, 0, ROW_BYTES);
    rows.write(copied, 0, copied.length);
    count++;
  }

  /// How many were added.
  long count() {
    return count;
  }

  /// Goes to the next row in the order in which they were added, once all were.
  ///
  /// @return false if there is none
  boolean next() {
    if (rows.sizeBytes() == 0) {
      return false;
    }
    rows.read(row, 0, ROW_BYTES);
    int keyBytes = (int) INT.get(row, 20);
    if (key.length != keyBytes) {
      key = new byte[keyBytes];
    }
    rows.read(key, 0, keyBytes);
    return true;
  }

  /// The key of the row, good until the next one.
  byte[] key() {
    return key;
  }

  /// The place it was copied from.
  long from() {
    return (long) LONG.get(row, 0);
  }

  /// The place of the copy, or `Place.NONE`.
  long to() {
    return (long) LONG.get(row, 8);
  }

  /// Its size on disk.
  int sizeBytes() {
    return (int) INT.get(row, 16);
  }

  /// Gives its memory back. Nothing may be called afterwards but [#count].
  @Override
  public void close() {
    rows.close();
  }
}
