package dev.nucleusdb.bitcask.format;

import dev.nucleusdb.core.random.RandomSource;
import java.nio.ByteBuffer;

/// Tells the files of one store from those of any other, and keys the hashes of its index so that
/// nobody can choose keys that collide. Drawn once, when the store is made.
///
/// @param high 64 random bits
/// @param low 64 random bits
public record StoreId(long high, long low) {
  /// Bytes on disk.
  public static final int BYTES = 16;

  /// Draws one.
  public static StoreId draw(RandomSource random) {
    return new StoreId(random.nextLong(), random.nextLong());
  }

  public static StoreId read(ByteBuffer buffer, int at) {
    return new StoreId(buffer.getLong(at), buffer.getLong(at + Long.BYTES));
  }

  public void write(ByteBuffer buffer, int at) {
    buffer.putLong(at, high).putLong(at + Long.BYTES, low);
  }

  @Override
  public String toString() {
    return Long.toHexString(high) + "-" + Long.toHexString(low);
  }
}
