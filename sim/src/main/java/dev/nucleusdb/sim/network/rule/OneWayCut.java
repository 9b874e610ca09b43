package dev.nucleusdb.sim.network.rule;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.sim.network.Message;
import dev.nucleusdb.sim.network.StandingRule;
import java.util.List;

/// Messages of one group no longer reach another; the way back works.
public final class OneWayCut implements StandingRule {
  private final List<String> from;
  private final List<String> to;

  /// @param cut names and direction, `n1,n2>n3`
  /// @throws IllegalArgumentException if there is no direction in it
  public OneWayCut(String cut) {
    int arrow = cut.indexOf('>');
    require(arrow > 0, "\"%s\" is no cut such as n1,n2>n3", cut);
    from = List.of(cut.substring(0, arrow).split(",", -1));
    to = List.of(cut.substring(arrow + 1).split(",", -1));
  }

  @Override
  public boolean cuts(Message message, long nowNanos) {
    return from.contains(message.link().from().name()) && to.contains(message.link().to().name());
  }
}
