package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import org.jspecify.annotations.Nullable;

/// Random numbers by ordinal: the n-th number depends on the stream's name and on n alone, not on
/// which others were asked for. This is what keeps the decision about one message unchanged when a
/// fault elsewhere is removed (counter-based generators: Salmon et al., SC 2011).
public final class CounterRandom {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final long keyBefore;
  private final long keyAfter;
  private final @Nullable BranchingRandom branch;

  /// @param stream a stream that is used for nothing else; if it branches, so do these numbers
  public CounterRandom(RandomSource stream) {
    if (stream instanceof BranchingRandom branching) {
      this.branch = branching;
      this.keyBefore = branching.before().nextLong();
      this.keyAfter = branching.after().nextLong();
    } else {
      this.branch = null;
      this.keyBefore = stream.nextLong();
      this.keyAfter = keyBefore;
    }
  }

  /// 64 random bits.
  public long bits(long counter) {
    long key = branch != null && branch.isPast() ? keyAfter : keyBefore;
    return SplitMix.mix(SplitMix.mix(key + counter * GOLDEN_GAMMA) ^ key);
  }

  /// A number from 0 (included) to 1 (excluded).
  public double unit(long counter) {
    return (bits(counter) >>> 11) * 0x1.0p-53;
  }

  /// A number from 0 to `max`, both included.
  public long upTo(long max, long counter) {
    return Long.remainderUnsigned(bits(counter), max + 1);
  }

  /// An exponentially distributed number with the given mean, at most 50 times the mean. Uses
  /// `StrictMath`, whose results do not depend on the machine.
  public long exponential(long mean, long counter) {
    return Math.min(50 * mean, (long) (-StrictMath.log(1 - unit(counter)) * mean));
  }
}
