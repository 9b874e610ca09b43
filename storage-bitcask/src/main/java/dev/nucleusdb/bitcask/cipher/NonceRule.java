package dev.nucleusdb.bitcask.cipher;

import dev.nucleusdb.core.random.RandomSource;
import java.nio.ByteBuffer;

/// Rule: under which nonce is a record sealed? Never under one that its file's key has seen: two
/// records under one nonce give away the difference of the two, and the key of the authentication
/// (Joux, *Authentication Failures in NIST version of GCM*, 2006).
///
/// The place of a record is no nonce: a place is written a second time after a crash or a failed
/// append, with other content.
@FunctionalInterface
public interface NonceRule {
  /// 96 random bits.
  NonceRule FRESH =
      (random, fileId, offset, into) -> {
        ByteBuffer.wrap(into).putLong(random.nextLong()).putInt((int) (random.nextLong() >>> 32));
      };

  /// Draws a nonce.
  ///
  /// @param random of this opening of the store
  /// @param fileId the file
  /// @param offset where in it the record will stand
  /// @param into filled; [Aead#NONCE_BYTES] long
  void draw(RandomSource random, long fileId, long offset, byte[] into);
}
