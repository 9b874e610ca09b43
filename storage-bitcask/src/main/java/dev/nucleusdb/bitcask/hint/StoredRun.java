package dev.nucleusdb.bitcask.hint;

import dev.nucleusdb.bitcask.offheap.ByteQueue;
import dev.nucleusdb.bitcask.offheap.ChunkPool;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Sorted records outside the heap, to be read once: the rows of a [ScannedRun] one after the
/// other, without the zeros behind keys.
final class StoredRun implements SortedRun, AutoCloseable {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final ByteQueue rows;
  private final byte[] head = new byte[ScannedRun.ROW_BYTES];
  private byte[] key = new byte[64];

  /// Takes over what a run holds, sorted or not, and leaves it empty.
  StoredRun(ScannedRun run, ChunkPool pool) {
    rows = new ByteQueue(pool);
    run.sort();
    run.drainTo(rows);
  }

  @Override
  public boolean next() {
    if (rows.sizeBytes() == 0) {
      return false;
    }
    rows.read(head, 0, head.length);
    if (key.length < keyLength()) {
      key = new byte[Math.max(2 * key.length, keyLength())];
    }
    rows.read(key, 0, keyLength());
    return true;
  }

  @Override
  public byte[] keyBuffer() {
    return key;
  }

  @Override
  public int keyLength() {
    return (int) INT.get(head, ScannedRun.KEY_BYTES_AT);
  }

  @Override
  public long offset() {
    return ScannedRun.offset((int) INT.get(head, ScannedRun.OFFSET_AT));
  }

  @Override
  public int sizeBytes() {
    return (int) INT.get(head, ScannedRun.SIZE_AT);
  }

  @Override
  public long sequence() {
    return (long) LONG.get(head, 0);
  }

  @Override
  public boolean isTombstone() {
    return ((int) INT.get(head, ScannedRun.OFFSET_AT) & 1) != 0;
  }

  @Override
  public void close() {
    rows.close();
  }
}
