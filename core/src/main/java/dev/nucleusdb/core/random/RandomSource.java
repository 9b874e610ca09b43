package dev.nucleusdb.core.random;

/// A stream of random numbers. Whoever needs randomness is handed one; forks are named after the
/// component that draws, so that a new draw in one place shifts nothing elsewhere.
public interface RandomSource {

  /// The next 64 random bits.
  long nextLong();

  /// A stream of its own, which depends on this stream's seed and on the name alone: not on what
  /// was drawn before. Two forks of one name are equal.
  RandomSource fork(String name);

  /// As [#fork(String)], for entities that are numbered.
  RandomSource fork(long number);

  /// A number from 0 to `bound - 1`.
  ///
  /// @throws IllegalArgumentException if `bound` is not positive
  default int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("the bound must be positive, it is " + bound);
    }
    return (int) ((nextLong() >>> 33) % bound);
  }

  /// A number from `min` to `max`, both included.
  default long nextBetween(long min, long max) {
    if (max < min) {
      throw new IllegalArgumentException("empty range " + min + " to " + max);
    }
    long span = max - min + 1;
    return span <= 0 ? nextLong() : min + Long.remainderUnsigned(nextLong(), span);
  }

  /// A number from 0 (included) to 1 (excluded).
  default double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /// True with the given probability.
  default boolean chance(double probability) {
    return probability > 0 && nextDouble() < probability;
  }
}
