package dev.nucleusdb.bitcask.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// SipHash-1-3 with 128 bits of result (Aumasson and Bernstein, "SipHash: a fast short-input PRF",
/// 2012, with the 128-bit output of the authors' reference code): a keyed hash, so that whoever
/// does not know the secret cannot choose keys that collide.
final class SipHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long v0;
  private final long v1;
  private final long v2;
  private final long v3;

  SipHash(long secret0, long secret1) {
    v0 = secret0 ^ 0x736f6d6570736575L;
    v1 = secret1 ^ 0x646f72616e646f6dL ^ 0xee;
    v2 = secret0 ^ 0x6c7967656e657261L;
    v3 = secret1 ^ 0x7465646279746573L;
  }

  /// What identifies a key: the first 96 bits of its hash.
  ///
  /// @param high the first 64 bits
  /// @param low the next 32
  record Fingerprint(long high, int low) {}

  Fingerprint of(byte[] key) {
    return of(key, key.length);
  }

  /// As above, of a key that is the beginning of an array.
  Fingerprint of(byte[] key, int length) {
    long a = v0;
    long b = v1;
    long c = v2;
    long d = v3;
    int whole = length & -8;
    for (int at = 0; at <= whole; at += 8) {
      long word = at < whole ? (long) LONG.get(key, at) : tail(key, whole, length);
      d ^= word;
      a += b;
      c += d;
      b = Long.rotateLeft(b, 13) ^ a;
      d = Long.rotateLeft(d, 16) ^ c;
      a = Long.rotateLeft(a, 32);
      c += b;
      a += d;
      b = Long.rotateLeft(b, 17) ^ c;
      d = Long.rotateLeft(d, 21) ^ a;
      c = Long.rotateLeft(c, 32);
      a ^= word;
    }
    c ^= 0xee;
    long first = 0;
    for (int round = 0; round < 6; round++) {
      if (round == 3) {
        first = a ^ b ^ c ^ d;
        b ^= 0xdd;
      }
      a += b;
      c += d;
      b = Long.rotateLeft(b, 13) ^ a;
      d = Long.rotateLeft(d, 16) ^ c;
      a = Long.rotateLeft(a, 32);
      c += b;
      a += d;
      b = Long.rotateLeft(b, 17) ^ c;
      d = Long.rotateLeft(d, 21) ^ a;
      c = Long.rotateLeft(c, 32);
    }
    return new Fingerprint(first, (int) (a ^ b ^ c ^ d));
  }

  /// The last word: what is left of the key, and its length in the highest byte.
  private static long tail(byte[] key, int from, int length) {
    long word = (long) length << 56;
    for (int i = length - 1; i >= from; i--) {
      word |= (key[i] & 0xffL) << (8 * (i - from));
    }
    return word;
  }
}
