package dev.nucleusdb.sim.network.rule;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.sim.network.Message;
import dev.nucleusdb.sim.network.StandingRule;
import java.util.LinkedHashMap;
import java.util.Map;

/// Groups that do not hear each other. Whoever is in no group hears everybody: one node between two
/// groups is a bridge, and two groups of one node each are a pair that is cut while all others hear
/// both.
public final class Partition implements StandingRule {
  private final Map<String, Integer> groups = new LinkedHashMap<>();

  /// @param sides names and groups, `n1,n2|n3,n4,n5`
  /// @throws IllegalArgumentException if a name stands in two groups
  public Partition(String sides) {
    int group = 0;
    for (String side : sides.split("\\|", -1)) {
      group++;
      for (String name : side.split(",", -1)) {
        require(name.isEmpty() || groups.put(name, group) == null, "%s is in two groups", name);
      }
    }
  }

  @Override
  public boolean cuts(Message message, long nowNanos) {
    return separates(message.link().from().name(), message.link().to().name());
  }

  /// Whether two stand in different groups.
  boolean separates(String one, String other) {
    Integer from = groups.get(one);
    Integer to = groups.get(other);
    return from != null && to != null && !from.equals(to);
  }
}
