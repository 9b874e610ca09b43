package dev.nucleusdb.bitcask.cipher;

import dev.nucleusdb.core.random.RandomSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/// The keys of one store: all derived from its secret and its id by HKDF with SHA-256 (RFC 5869),
/// so that no two files share one, whatever store they are of.
public final class StoreCipher {
  private static final String FILE = "NucleusDB Bitcask file";
  private static final String FINGERPRINT = "NucleusDB Bitcask fingerprint";

  private final StoreKey key;
  private final byte[] storeId;
  private final NonceRule rule;
  private final @Nullable RandomSource random;

  /// @param key the secret
  /// @param high of the store's id
  /// @param low of the store's id
  /// @param rule which nonces are used
  /// @param random draws them; a stream that no other opening of the store has had; null if nothing
  ///   is to be written
  public StoreCipher(
      StoreKey key, long high, long low, NonceRule rule, @Nullable RandomSource random) {
    this.key = key;
    this.storeId = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    this.rule = rule;
    this.random = random;
  }

  /// What tells this key from others.
  public Fingerprint fingerprint() {
    return Fingerprint.of(derive(FINGERPRINT, 0, Fingerprint.BYTES).getEncoded());
  }

  /// The key of a file.
  public FileCipher of(long fileId) {
    return new FileCipher(derive(FILE, fileId, key.secret().length), fileId, rule, random);
  }

  private SecretKey derive(String purpose, long number, int length) {
    byte[] words = purpose.getBytes(StandardCharsets.US_ASCII);
    byte[] about =
        ByteBuffer.allocate(words.length + Long.BYTES).put(words).putLong(number).array();
    try {
      HKDFParameterSpec derivation =
          HKDFParameterSpec.ofExtract()
              .addIKM(key.secret())
              .addSalt(storeId)
              .thenExpand(about, length);
      return KDF.getInstance("HKDF-SHA256").deriveKey("AES", derivation);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot derive keys: " + e.getMessage(), e);
    }
  }
}
