package dev.nucleusdb.bitcask.hint;

/// Unsigned numbers in seven-bit groups, the lowest first.
final class Varints {
  static final int BYTES_MAX = 10;

  private Varints() {}

  /// Writes a number.
  ///
  /// @return the index behind it
  static int put(byte[] into, int at, long value) {
    long rest = value;
    int to = at;
    while ((rest & ~0x7fL) != 0) {
      into[to++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    into[to++] = (byte) rest;
    return to;
  }
}
