package dev.nucleusdb.sim.time;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.fault.CounterRandom;

/// What becomes ready within one window of time runs in the next one, lane by lane in a random
/// order that is drawn anew for each window: two callbacks of one moment may come in either order,
/// as on a machine with several threads.
public final class ShuffledOrder implements EventOrder {
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private final long windowNanos;
  private final CounterRandom random;

  /// @param windowNanos how long a window is
  /// @param seed from which all orders follow
  public ShuffledOrder(long windowNanos, long seed) {
    require(windowNanos > 0, "a window of %d ns", windowNanos);
    this.windowNanos = windowNanos;
    this.random = new CounterRandom(new SplitMix(seed));
  }

  @Override
  public long delayNanos(long lane, long nowNanos) {
    long window = nowNanos / windowNanos;
    long place = random.upTo(windowNanos - 1, lane * ODD ^ window);
    return (window + 1) * windowNanos + place - nowNanos;
  }
}
