package dev.nucleusdb.bitcask.cipher;

import static dev.nucleusdb.core.assertion.Assertions.require;

/// The secret of one store. It is kept in memory alone and never written anywhere; whoever loses it
/// has lost the store.
///
/// It should be random, or made of a passphrase by whoever is good at that (Argon2, scrypt): a key
/// that can be guessed can be tried against the fingerprint in the manifest.
public final class StoreKey {
  private final byte[] secret;

  private StoreKey(byte[] secret) {
    this.secret = secret;
  }

  /// A key of 16 bytes (AES-128) or 32 bytes (AES-256); copied.
  ///
  /// @throws IllegalArgumentException if it has another length
  public static StoreKey of(byte[] bytes) {
    require(
        bytes.length == 16 || bytes.length == 32,
        "the key of a store has 16 or 32 bytes, not %d",
        bytes.length);
    return new StoreKey(bytes.clone());
  }

  byte[] secret() {
    return secret;
  }

  /// Its length alone.
  @Override
  public String toString() {
    return "a key of " + secret.length * 8 + " bits";
  }
}
