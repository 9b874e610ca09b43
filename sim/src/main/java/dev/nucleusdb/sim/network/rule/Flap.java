package dev.nucleusdb.sim.network.rule;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.sim.network.Message;
import dev.nucleusdb.sim.network.StandingRule;

/// A partition that comes and goes: a loose cable, a link whose routes are withdrawn and announced
/// again. It cuts in the first half of every period.
public final class Flap implements StandingRule {
  private final Partition partition;
  private final long beginNanos;
  private final long periodNanos;

  /// @param sides as in [Partition]
  /// @param beginNanos when the fault begins
  /// @param periodNanos how long it takes from one cut to the next
  /// @throws IllegalArgumentException if the period is not positive
  public Flap(String sides, long beginNanos, long periodNanos) {
    require(periodNanos > 1, "a period of %d ns", periodNanos);
    this.partition = new Partition(sides);
    this.beginNanos = beginNanos;
    this.periodNanos = periodNanos;
  }

  @Override
  public boolean cuts(Message message, long nowNanos) {
    return (nowNanos - beginNanos) % periodNanos < periodNanos / 2
        && partition.cuts(message, nowNanos);
  }
}
