package dev.nucleusdb.bitcask.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The hash is SipHash-1-3-128: checked against the paper's description written out plainly, which
/// is checked against the authors' vectors for SipHash-2-4-128.
class SipHashTest {
  private static final long SECRET0 = 0x0706050403020100L;
  private static final long SECRET1 = 0x0f0e0d0c0b0a0908L;

  @Test
  void the_plain_form_gives_the_authors_vectors() {
    assertThat(hex(plain(new byte[0], 2, 4))).isEqualTo("a3817f04ba25a8e66df67214c7550293");
    assertThat(hex(plain(new byte[] {0}, 2, 4))).isEqualTo("da87c1d86b99af44347659119b22fc45");
  }

  @Test
  void keys_of_all_lengths_hash_as_the_plain_form_does() {
    SipHash hash = new SipHash(SECRET0, SECRET1);
    for (int length = 0; length < 300; length++) {
      byte[] key = new byte[length];
      for (int i = 0; i < length; i++) {
        key[i] = (byte) (i * 151 + length);
      }
      long[] expected = plain(key, 1, 3);
      SipHash.Fingerprint print = hash.of(key);
      assertThat(print.high()).as("length %d", length).isEqualTo(expected[0]);
      assertThat(print.low()).isEqualTo((int) expected[1]);
    }
  }

  private static String hex(long[] result) {
    ByteBuffer buffer = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    return HexFormat.of().formatHex(buffer.putLong(result[0]).putLong(result[1]).array());
  }

  private static long[] plain(byte[] key, int compressions, int finalizations) {
    long[] v = {
      SECRET0 ^ 0x736f6d6570736575L,
      SECRET1 ^ 0x646f72616e646f6dL ^ 0xee,
      SECRET0 ^ 0x6c7967656e657261L,
      SECRET1 ^ 0x7465646279746573L
    };
    byte[] padded = Arrays.copyOf(key, (key.length / 8 + 1) * 8);
    padded[padded.length - 1] = (byte) key.length;
    ByteBuffer words = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
    while (words.hasRemaining()) {
      long word = words.getLong();
      v[3] ^= word;
      rounds(v, compressions);
      v[0] ^= word;
    }
    v[2] ^= 0xee;
    rounds(v, finalizations);
    long first = v[0] ^ v[1] ^ v[2] ^ v[3];
    v[1] ^= 0xdd;
    rounds(v, finalizations);
    return new long[] {first, v[0] ^ v[1] ^ v[2] ^ v[3]};
  }

  private static void rounds(long[] v, int count) {
    for (int i = 0; i < count; i++) {
      v[0] += v[1];
      v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
      v[0] = Long.rotateLeft(v[0], 32);
      v[2] += v[3];
      v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
      v[0] += v[3];
      v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
      v[2] += v[1];
      v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
      v[2] = Long.rotateLeft(v[2], 32);
    }
  }
}
