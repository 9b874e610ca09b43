package dev.nucleusdb.sim.network.rule;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.sim.network.Fate;
import dev.nucleusdb.sim.network.Message;
import dev.nucleusdb.sim.network.StandingRule;

/// Gives the links of a node, or one link, room for few messages: what comes while as many are on
/// the way is dropped, and nobody is told (the path capacity of TigerBeetle's simulator).
public final class ShortQueue implements StandingRule {
  private final String target;
  private final int capacity;

  /// @param target a link `n1>n2`, or a node `n1`
  /// @param capacity a whole number in decimal digits
  /// @throws IllegalArgumentException if it is none, or not positive
  public ShortQueue(String target, String capacity) {
    this.target = target;
    this.capacity = Integer.parseInt(capacity);
    require(this.capacity > 0, "a queue for %s messages", capacity);
  }

  @Override
  public Fate judge(Message message, long nowNanos) {
    return message.link().isMeantBy(target) && message.link().inFlightCount() >= capacity
        ? Fate.DROP
        : Fate.PASS;
  }
}
