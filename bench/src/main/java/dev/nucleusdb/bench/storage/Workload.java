package dev.nucleusdb.bench.storage;

import java.nio.ByteBuffer;
import java.util.Random;

/// The keys and values of a turn: the same for all stores. Keys are numbers, hashed, so that any
/// order of the numbers is a random order of the keys.
final class Workload {
  private static final long MISSING = 1L << 40;
  private static final int POOL_BYTES = 1 << 22;
  private static final int POOL_MAX = 256;

  private final long keys;
  private final byte[][] values;

  /// @param keys how many there are
  /// @param valueSize bytes of each value, which no compression makes fewer
  Workload(long keys, int valueSize) {
    this.keys = keys;
    this.values = new byte[Math.max(4, Math.min(POOL_MAX, POOL_BYTES / valueSize))][valueSize];
    Random random = new Random(7);
    for (byte[] value : values) {
      random.nextBytes(value);
    }
  }

  long keys() {
    return keys;
  }

  /// Bytes of all keys and values.
  long dataBytes() {
    return keys * (StorageOptions.KEY_BYTES + values[0].length);
  }

  int valueSize() {
    return values[0].length;
  }

  /// A key that is there, by a number of any size.
  byte[] present(long number) {
    return key(Long.remainderUnsigned(number, keys));
  }

  /// A key that is not.
  byte[] missing(long number) {
    return key(MISSING + (number >>> 24));
  }

  byte[] value(long number) {
    return values[(int) (number & Integer.MAX_VALUE) % values.length];
  }

  private static byte[] key(long number) {
    return ByteBuffer.allocate(StorageOptions.KEY_BYTES)
        .putLong(mix(number))
        .putLong(mix(number ^ 0x5851f42d4c957f2dL))
        .array();
  }

  /// Any number from any other (the finalizer of SplitMix64).
  static long mix(long number) {
    long z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
