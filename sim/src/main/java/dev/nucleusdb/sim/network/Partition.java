package dev.nucleusdb.sim.network;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.util.LinkedHashMap;
import java.util.Map;

/// Groups that do not hear each other. Whoever is in no group hears everybody.
public final class Partition implements Rule {
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
  public Fate judge(Link link, long ordinal) {
    Integer from = groups.get(link.from().name());
    Integer to = groups.get(link.to().name());
    return from == null || to == null || from.equals(to) ? Fate.PASS : Fate.DROP;
  }
}
