package dev.nucleusdb.bitcask.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AeadTest {
  private static final int HEAD = 8;
  private static final int LENGTH = 21;

  private static FileCipher cipher(int fill, long storeId, long fileId) {
    byte[] secret = new byte[16];
    Arrays.fill(secret, (byte) fill);
    return new StoreCipher(StoreKey.of(secret), storeId, 2, NonceRule.FRESH, new SplitMix(1))
        .of(fileId);
  }

  private static byte[] sealed() {
    byte[] bytes = new byte[HEAD + Aead.NONCE_BYTES + LENGTH + Aead.TAG_BYTES];
    byte[] nonce = new byte[Aead.NONCE_BYTES];
    FileCipher own = cipher(1, 1, 7);
    own.drawNonce(88, nonce);
    System.arraycopy(nonce, 0, bytes, HEAD, nonce.length);
    Arrays.fill(bytes, HEAD + Aead.NONCE_BYTES, bytes.length, (byte) 'x');
    new Aead().seal(own, Aead.RECORD, 88, bytes, 0, HEAD, LENGTH);
    return bytes;
  }

  private static boolean opens(FileCipher with, byte what, long offset, byte[] bytes) {
    return new Aead().open(with, what, offset, bytes.clone(), 0, HEAD, LENGTH);
  }

  @Test
  void it_opens_with_its_key_in_its_place_and_no_other() {
    byte[] bytes = sealed();
    assertThat(opens(cipher(1, 1, 7), Aead.RECORD, 88, bytes)).isTrue();
    assertThat(opens(cipher(2, 1, 7), Aead.RECORD, 88, bytes)).as("another key").isFalse();
    assertThat(opens(cipher(1, 3, 7), Aead.RECORD, 88, bytes)).as("another store").isFalse();
    assertThat(opens(cipher(1, 1, 8), Aead.RECORD, 88, bytes)).as("another file").isFalse();
    assertThat(opens(cipher(1, 1, 7), Aead.RECORD, 96, bytes)).as("another place").isFalse();
    assertThat(opens(cipher(1, 1, 7), Aead.HINT, 88, bytes)).as("another thing").isFalse();
    for (int i = 0; i < bytes.length; i++) {
      byte[] altered = bytes.clone();
      altered[i] ^= 4;
      assertThat(opens(cipher(1, 1, 7), Aead.RECORD, 88, altered)).as("byte " + i).isFalse();
    }
  }

  @Test
  void the_derivation_is_that_of_rfc_5869_and_stays_what_it_is() {
    byte[] secret = new byte[16];
    Arrays.fill(secret, (byte) 1);
    StoreCipher keys = new StoreCipher(StoreKey.of(secret), 1, 2, NonceRule.FRESH, new SplitMix(1));
    assertThat(keys.fingerprint().toString()).isEqualTo("6023fbb65d0cc6063192d406713b180a");
    assertThat(HexFormat.of().formatHex(keys.of(7).key().getEncoded()))
        .isEqualTo("e32d3ff2bb5de34c457cb161f4c78e6f");
    assertThat(keys.of(8).key().getEncoded()).isNotEqualTo(keys.of(7).key().getEncoded());
  }
}
