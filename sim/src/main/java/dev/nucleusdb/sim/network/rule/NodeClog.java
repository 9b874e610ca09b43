package dev.nucleusdb.sim.network.rule;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.sim.network.Link;
import dev.nucleusdb.sim.network.StandingRule;

/// Holds all messages back that a node sends, or that it is to receive, or both, until it is
/// lifted: a network card that stands still (the send, receive and full clogs of FoundationDB's
/// simulator).
///
/// @param node whose
/// @param ways `in`, `out` or `both`
public record NodeClog(String node, String ways) implements StandingRule {
  /// @throws IllegalArgumentException if the ways are none of the three
  public NodeClog {
    require(
        ways.equals("in") || ways.equals("out") || ways.equals("both"),
        "\"%s\" is none of in, out, both",
        ways);
  }

  @Override
  public boolean holds(Link link, long nowNanos) {
    return (!ways.equals("in") && link.from().name().equals(node))
        || (!ways.equals("out") && link.to().name().equals(node));
  }
}
