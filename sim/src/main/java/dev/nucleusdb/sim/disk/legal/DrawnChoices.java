package dev.nucleusdb.sim.disk.legal;

import dev.nucleusdb.core.random.RandomSource;

/// Chance.
public final class DrawnChoices implements Choices {
  private final RandomSource random;

  /// @param random the stream of one crash
  public DrawnChoices(RandomSource random) {
    this.random = random;
  }

  @Override
  public int of(int count) {
    return random.nextInt(count);
  }

  @Override
  public int place(int length) {
    return random.nextInt(length);
  }
}
