package dev.nucleusdb.sim.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes that grow at the end, and can be cut. Bytes past the length are always zero.
final class Extent {
  private static final int CAPACITY_MIN = 256;

  private byte[] bytes = new byte[0];
  private int length;

  int length() {
    return length;
  }

  byte at(int offset) {
    return bytes[offset];
  }

  void set(int offset, byte value) {
    bytes[offset] = value;
  }

  void append(ByteBuffer from, int count) {
    reserve(length + count);
    from.get(bytes, length, count);
    length += count;
  }

  int read(int offset, ByteBuffer into) {
    int count = Math.clamp(length - offset, 0, into.remaining());
    into.put(bytes, offset < length ? offset : 0, count);
    return count;
  }

  /// Cuts, or lengthens with zeros.
  void resize(int newLength) {
    if (newLength > length) {
      reserve(newLength);
    } else {
      Arrays.fill(bytes, newLength, length, (byte) 0);
    }
    length = newLength;
  }

  /// Lengthens with zeros, if it is shorter.
  void grow(int lengthMin) {
    resize(Math.max(length, lengthMin));
  }

  void copy(Extent source, int sourceOffset, int offset, int count) {
    if (count > 0) {
      System.arraycopy(source.bytes, sourceOffset, bytes, offset, count);
    }
  }

  void zero(int from, int to) {
    if (from < to) {
      Arrays.fill(bytes, from, to, (byte) 0);
    }
  }

  Extent duplicate() {
    Extent twin = new Extent();
    twin.resize(length);
    twin.copy(this, 0, 0, length);
    return twin;
  }

  byte[] toArray(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private void reserve(int capacity) {
    if (capacity > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(CAPACITY_MIN, Math.max(capacity, 2 * bytes.length)));
    }
  }
}
