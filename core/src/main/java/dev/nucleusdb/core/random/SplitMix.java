package dev.nucleusdb.core.random;

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a counter and a mixing function. Small, fast, and
/// its streams can be forked by hashing names into seeds, which is what we need it for.
public final class SplitMix implements RandomSource {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final long seed;
  private long state;

  /// The stream of a seed; every seed is good.
  public SplitMix(long seed) {
    this.seed = seed;
    this.state = seed;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  @Override
  public RandomSource fork(String name) {
    long hash = seed ^ 0x6a09e667f3bcc909L;
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash + name.charAt(i) + GOLDEN_GAMMA);
    }
    return new SplitMix(hash);
  }

  @Override
  public RandomSource fork(long number) {
    return new SplitMix(mix(mix(seed ^ 0xbb67ae8584caa73bL) + number * GOLDEN_GAMMA));
  }

  /// The finaliser: maps 64 bits one to one onto 64 well-mixed bits.
  public static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
