package dev.nucleusdb.sim.network;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.util.List;

/// Messages of one group no longer reach another; the way back works.
public final class OneWayCut implements Rule {
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
  public Fate judge(Link link, long ordinal) {
    boolean hit = from.contains(link.from().name()) && to.contains(link.to().name());
    return hit ? Fate.DROP : Fate.PASS;
  }
}
