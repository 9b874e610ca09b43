package dev.nucleusdb.bitcask.cipher;

import dev.nucleusdb.core.random.RandomSource;
import org.jspecify.annotations.Nullable;

/// Whether a store is encrypted, and how.
///
/// @param key its secret; null if it is not encrypted
/// @param rule which nonces are used
public record Encryption(@Nullable StoreKey key, NonceRule rule) {
  /// None.
  public static final Encryption NONE = new Encryption(null, NonceRule.FRESH);

  /// With the key of a store.
  public static Encryption with(@Nullable StoreKey key) {
    return new Encryption(key, NonceRule.FRESH);
  }

  /// The keys of one store; null if it is not encrypted.
  ///
  /// @param high of the store's id
  /// @param low of the store's id
  /// @param random draws nonces; null if nothing is to be written
  public @Nullable StoreCipher of(long high, long low, @Nullable RandomSource random) {
    StoreKey secret = key;
    return secret == null ? null : new StoreCipher(secret, high, low, rule, random);
  }

  /// As above, for a store that is there.
  ///
  /// @param store its name, for the message
  /// @param known what its manifest says of its key
  /// @throws WrongKeyException if this is another
  public @Nullable StoreCipher of(
      String store, long high, long low, Fingerprint known, @Nullable RandomSource random) {
    StoreCipher cipher = of(high, low, random);
    if (cipher == null) {
      if (known.isPresent()) {
        throw new WrongKeyException(store, "the store is encrypted; open it with its key");
      }
    } else if (!known.isPresent()) {
      throw new WrongKeyException(
          store, "the store is not encrypted; open it without a key, or copy it into a new one");
    } else if (!cipher.fingerprint().equals(known)) {
      throw new WrongKeyException(store, "this is not the key of the store");
    }
    return cipher;
  }
}
