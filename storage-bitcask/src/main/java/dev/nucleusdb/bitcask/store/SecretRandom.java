package dev.nucleusdb.bitcask.store;

import dev.nucleusdb.core.random.RandomSource;
import java.security.SecureRandom;

/// The operating system's randomness, drawn anew each time: for nonces, which must not repeat
/// however often a store is opened or copied. Its forks are as random as itself.
final class SecretRandom implements RandomSource {
  private final SecureRandom random = new SecureRandom();

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public RandomSource fork(String name) {
    return new SecretRandom();
  }

  @Override
  public RandomSource fork(long number) {
    return new SecretRandom();
  }
}
