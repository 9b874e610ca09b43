package dev.nucleusdb.sim.network.rule;

import dev.nucleusdb.sim.network.Link;
import dev.nucleusdb.sim.network.StandingRule;

/// Holds all messages of one link back until it is lifted.
///
/// @param linkName `n1>n2`
public record Clog(String linkName) implements StandingRule {
  @Override
  public boolean holds(Link link, long nowNanos) {
    return link.name().equals(linkName);
  }
}
