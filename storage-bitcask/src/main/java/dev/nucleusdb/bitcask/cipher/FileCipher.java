package dev.nucleusdb.bitcask.cipher;

import dev.nucleusdb.core.random.RandomSource;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/// The key of one data file and its hint. Any thread opens with it; nonces are drawn by who writes
/// the file, at the same time as others are where upkeep is done aside.
public final class FileCipher {
  private final SecretKey key;
  private final long fileId;
  private final NonceRule rule;
  private final @Nullable RandomSource random;

  FileCipher(SecretKey key, long fileId, NonceRule rule, @Nullable RandomSource random) {
    this.key = key;
    this.fileId = fileId;
    this.rule = rule;
    this.random = random;
  }

  SecretKey key() {
    return key;
  }

  /// The file.
  public long fileId() {
    return fileId;
  }

  /// A nonce for what will stand at an offset.
  ///
  /// @param into filled; [Aead#NONCE_BYTES] long
  public void drawNonce(long offset, byte[] into) {
    rule.draw(Objects.requireNonNull(random), fileId, offset, into);
  }
}
