package dev.nucleusdb.sim.network.rule;

import dev.nucleusdb.sim.network.Link;
import dev.nucleusdb.sim.network.StandingRule;

/// One side has closed its half: its sends are refused for a while, what is on the way still
/// arrives, and the other direction works. A process that shut its output down and still reads.
///
/// @param linkName `n1>n2`, the half that is closed
public record HalfClose(String linkName) implements StandingRule {
  @Override
  public boolean refuses(Link link) {
    return link.name().equals(linkName);
  }
}
