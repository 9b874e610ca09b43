package dev.nucleusdb.core.system;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import java.security.SecureRandom;

/// Randomness whose seed the operating system gives: no two incarnations of a node draw the same.
/// It spreads timeouts and tells sessions apart; it makes no secrets.
public final class SystemRandom implements RandomSource {
  private final SplitMix stream = new SplitMix(new SecureRandom().nextLong());

  @Override
  public long nextLong() {
    return stream.nextLong();
  }

  @Override
  public RandomSource fork(String name) {
    return stream.fork(name);
  }

  @Override
  public RandomSource fork(long number) {
    return stream.fork(number);
  }
}
