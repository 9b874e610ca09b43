package dev.nucleusdb.sim.time;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.fault.CounterRandom;
import java.util.List;

/// Random priorities that seldom change (probabilistic concurrency testing: Burckhardt et al., "A
/// Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010): the higher a
/// lane's priority, the less it waits, and the lowest waits for the whole window. A bug that needs
/// `d` orderings is found by `d - 1` changes. In place of starving for ever, as there, a low lane
/// waits for a bounded time, since timeouts are part of the systems under test.
public final class PriorityOrder implements EventOrder {
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private final long windowNanos;
  private final List<Long> changesNanos;
  private final CounterRandom random;

  /// @param windowNanos how long the lowest priority waits
  /// @param seed from which all priorities follow
  /// @param changesNanos when priorities change, rising
  public PriorityOrder(long windowNanos, long seed, List<Long> changesNanos) {
    require(windowNanos > 0, "a window of %d ns", windowNanos);
    this.windowNanos = windowNanos;
    this.changesNanos = List.copyOf(changesNanos);
    this.random = new CounterRandom(new SplitMix(seed));
  }

  @Override
  public long delayNanos(long lane, long nowNanos) {
    long epoch = 0;
    while (epoch < changesNanos.size() && changesNanos.get((int) epoch) <= nowNanos) {
      epoch++;
    }
    return random.upTo(windowNanos, lane * ODD ^ epoch);
  }
}
