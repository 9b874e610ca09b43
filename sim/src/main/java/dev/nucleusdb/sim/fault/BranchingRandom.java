package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import java.util.function.BooleanSupplier;

/// A stream that is one stream up to a moment, and another one from then on; so are all its forks,
/// whenever they were taken. Whoever builds a world on it gets a world that has a second future.
public final class BranchingRandom implements RandomSource {
  private final RandomSource before;
  private final RandomSource after;
  private final BooleanSupplier isPast;

  /// @param before whose numbers are drawn until the moment
  /// @param after whose numbers are drawn from the moment on
  /// @param isPast whether the moment has come
  public BranchingRandom(RandomSource before, RandomSource after, BooleanSupplier isPast) {
    this.before = before;
    this.after = after;
    this.isPast = isPast;
  }

  @Override
  public long nextLong() {
    // Both go on, so that a branch to the same seed changes nothing.
    long numberBefore = before.nextLong();
    long numberAfter = after.nextLong();
    return isPast() ? numberAfter : numberBefore;
  }

  @Override
  public RandomSource fork(String name) {
    return new BranchingRandom(before.fork(name), after.fork(name), isPast);
  }

  @Override
  public RandomSource fork(long number) {
    return new BranchingRandom(before.fork(number), after.fork(number), isPast);
  }

  RandomSource before() {
    return before;
  }

  RandomSource after() {
    return after;
  }

  boolean isPast() {
    return isPast.getAsBoolean();
  }
}
