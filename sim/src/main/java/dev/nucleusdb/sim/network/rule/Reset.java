package dev.nucleusdb.sim.network.rule;

import dev.nucleusdb.sim.network.Link;
import dev.nucleusdb.sim.network.StandingRule;

/// Breaks a connection: all that is on the way along the link is lost, silently, and what is sent
/// from then on waits until a new connection is made at the end of the fault. A peer or a middlebox
/// that sends a TCP reset, and a sender that backs off before it connects again.
///
/// @param linkName `n1>n2`
public record Reset(String linkName) implements StandingRule {
  @Override
  public boolean breaks(Link link) {
    return link.name().equals(linkName);
  }

  @Override
  public boolean holds(Link link, long nowNanos) {
    return link.name().equals(linkName);
  }
}
