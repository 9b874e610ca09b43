package dev.nucleusdb.netty;

import java.util.ArrayDeque;

/// Arrays for messages on their way to the receiver, to whom they are lent: one that comes back
/// serves again. Their lengths are powers of two; a message that is longer than [#LENGTH_MAX] has
/// an array of its own length, which is handed over. Of each length at most [#KEPT_COUNT_MAX]
/// arrays wait to serve again, and of all at most [#KEPT_BYTES_MAX] bytes. Used by the node's
/// thread alone.
final class MessageArrays {
  private static final int LENGTH_BITS_MIN = 7;
  private static final int LENGTH_BITS_MAX = 20;

  /// The longest array that serves again.
  static final int LENGTH_MAX = 1 << LENGTH_BITS_MAX;

  static final int KEPT_COUNT_MAX = 1024;
  static final int KEPT_BYTES_MAX = 2 * LENGTH_MAX;

  /// By length, the shortest first.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private final ArrayDeque<byte[]>[] kept = new ArrayDeque[LENGTH_BITS_MAX - LENGTH_BITS_MIN + 1];

  private int keptBytes;

  MessageArrays() {
    for (int i = 0; i < kept.length; i++) {
      kept[i] = new ArrayDeque<>();
    }
  }

  /// An array that is at least so long. What it holds means nothing.
  byte[] take(int length) {
    if (length > LENGTH_MAX) {
      return new byte[length];
    }
    int place = place(length);
    byte[] array = kept[place].pollLast();
    if (array == null) {
      return new byte[1 << (place + LENGTH_BITS_MIN)];
    }
    keptBytes -= array.length;
    return array;
  }

  /// Whether there is an array of at least that length which costs no further memory.
  boolean hasKept(int length) {
    return length <= LENGTH_MAX && !kept[place(length)].isEmpty();
  }

  /// Nobody needs an array any more that was taken. Without effect on one that does not serve
  /// again.
  void giveBack(byte[] array) {
    if (servesAgain(array) && keptBytes + array.length <= KEPT_BYTES_MAX) {
      ArrayDeque<byte[]> alike = kept[place(array.length)];
      if (alike.size() < KEPT_COUNT_MAX) {
        alike.add(array);
        keptBytes += array.length;
      }
    }
  }

  /// Whether an array that was taken is to be given back, and so must not be kept by others.
  static boolean servesAgain(byte[] array) {
    return array.length >= 1 << LENGTH_BITS_MIN && array.length <= LENGTH_MAX;
  }

  /// How many bytes wait to serve again.
  int keptBytes() {
    return keptBytes;
  }

  private static int place(int length) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(length - 1);
    return Math.max(0, bits - LENGTH_BITS_MIN);
  }
}
