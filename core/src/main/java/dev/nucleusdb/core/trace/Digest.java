package dev.nucleusdb.core.trace;

import dev.nucleusdb.core.random.SplitMix;

/// A running 64-bit fingerprint of numbers in order. Equal runs give equal digests in every JVM;
/// unequal runs give equal ones by chance only. Not for secrets.
public final class Digest {
  private long value = 0x243f6a8885a308d3L;

  /// Folds one number in.
  public void add(long number) {
    value = SplitMix.mix(value ^ number) + 0x9e3779b97f4a7c15L * number;
  }

  /// Folds bytes in, with their length.
  public void add(byte[] bytes) {
    add(hash(bytes));
  }

  /// The fingerprint so far.
  public long value() {
    return value;
  }

  /// The fingerprint of a byte array alone; the same in every JVM.
  public static long hash(byte[] bytes) {
    return hash(bytes, 0, bytes.length);
  }

  /// The fingerprint of a part of an array: that of an array with nothing else in it.
  public static long hash(byte[] bytes, int offset, int size) {
    long hash = 0x13198a2e03707344L ^ size;
    int end = offset + size;
    int i = offset;
    for (; i + 8 <= end; i += 8) {
      hash = SplitMix.mix(hash ^ (long) LONGS.get(bytes, i));
    }
    for (; i < end; i++) {
      hash = SplitMix.mix(hash ^ bytes[i]);
    }
    return hash;
  }

  private static final java.lang.invoke.VarHandle LONGS =
      java.lang.invoke.MethodHandles.byteArrayViewVarHandle(
          long[].class, java.nio.ByteOrder.LITTLE_ENDIAN);
}
