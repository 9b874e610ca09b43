package dev.nucleusdb.sim.network.rule;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.sim.network.Message;
import dev.nucleusdb.sim.network.StandingRule;
import java.util.List;

/// Each node hears only its two neighbours in a ring; clients hear everybody. Every node is
/// connected to a majority at most through others, and no two see the same majority (Jepsen's
/// "majorities-ring").
public final class Ring implements StandingRule {
  private final List<String> nodes;

  /// @param nodes the nodes in the order of the ring, `n3,n1,n2,n4`
  /// @throws IllegalArgumentException if there are fewer than four: in a smaller ring all are
  ///   neighbours
  public Ring(String nodes) {
    this.nodes = List.of(nodes.split(",", -1));
    require(this.nodes.size() >= 4, "a ring of %d cuts nothing", this.nodes.size());
  }

  @Override
  public boolean cuts(Message message, long nowNanos) {
    int from = nodes.indexOf(message.link().from().name());
    int to = nodes.indexOf(message.link().to().name());
    int distance = Math.abs(from - to);
    return from >= 0 && to >= 0 && distance > 1 && distance < nodes.size() - 1;
  }
}
