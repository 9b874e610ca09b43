package dev.nucleusdb.sim.network.rule;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.sim.network.Fate;
import dev.nucleusdb.sim.network.Link;
import dev.nucleusdb.sim.network.Message;
import dev.nucleusdb.sim.network.StandingRule;

/// Lets only so many bytes per second out of a node, or along a link: messages queue and grow late,
/// and are dropped when they would have to wait for more than a second, as in a shaped or
/// overloaded line with a bounded buffer.
public final class Bandwidth implements StandingRule {
  private static final long SECOND = 1_000_000_000;

  /// What does not leave within this time finds the buffer full.
  private static final long QUEUE_NANOS_MAX = SECOND;

  private final String target;
  private final long bytesPerSecond;
  private long busyUntilNanos;

  /// @param target a link `n1>n2`, or a node `n1`, whose links share the line
  /// @param bytesPerSecond a whole number in decimal digits
  /// @throws IllegalArgumentException if it is none, or not positive
  public Bandwidth(String target, String bytesPerSecond) {
    this.target = target;
    this.bytesPerSecond = Long.parseLong(bytesPerSecond);
    require(this.bytesPerSecond > 0, "%s bytes per second", bytesPerSecond);
  }

  @Override
  public Fate judge(Message message, long nowNanos) {
    Link link = message.link();
    if (!link.isMeantBy(target)) {
      return Fate.PASS;
    }
    long from = Math.max(nowNanos, busyUntilNanos);
    if (from - nowNanos > QUEUE_NANOS_MAX) {
      return Fate.DROP;
    }
    long until = from + message.bytes().length * SECOND / bytesPerSecond;
    busyUntilNanos = until;
    return new Fate.Deliver(until - nowNanos, false);
  }
}
