package dev.nucleusdb.sim.network.rule;

import dev.nucleusdb.sim.network.Link;
import dev.nucleusdb.sim.network.StandingRule;

/// A node takes no connections: those into it break, and whoever sends to it is told that there is
/// no way, until the fault ends. A listener that is gone while the process lives, or a firewall
/// that answers with a reset.
///
/// @param node who refuses
public record Refusal(String node) implements StandingRule {
  @Override
  public boolean breaks(Link link) {
    return link.to().name().equals(node);
  }

  @Override
  public boolean refuses(Link link) {
    return link.to().name().equals(node);
  }
}
