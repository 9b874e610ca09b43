package dev.nucleusdb.sim.shrink;

import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Finds a small plan that fails like a large one: delta debugging (Zeller and Hildebrandt,
/// "Simplifying and Isolating Failure-Inducing Input", 2002) over the entries. It works because the
/// fate of every message and the moment of every fault hang on names and not on what was drawn
/// before, so that the faults that stay do what they did.
public final class Shrinker {
  private final Predicate<Plan> stillFails;
  private final int runsMax;
  private int runCount;

  /// @param stillFails runs a world with the plan; true if it fails for the same reason
  /// @param runsMax how many worlds may be run
  public Shrinker(Predicate<Plan> stillFails, int runsMax) {
    this.stillFails = stillFails;
    this.runsMax = runsMax;
  }

  /// How many worlds were run.
  public int runCount() {
    return runCount;
  }

  /// The smallest plan found; the given one if it does not fail, or nothing can go.
  public Plan shrink(Plan plan) {
    Plan smallest = plan;
    int parts = 2;
    while (!smallest.entries().isEmpty() && runCount < runsMax) {
      Plan smaller = withoutOnePart(smallest, parts);
      if (smaller != null) {
        smallest = smaller;
        parts = Math.max(2, parts - 1);
      } else if (parts >= smallest.entries().size()) {
        return smallest;
      } else {
        parts = Math.min(smallest.entries().size(), parts * 2);
      }
    }
    return smallest;
  }

  private @org.jspecify.annotations.Nullable Plan withoutOnePart(Plan plan, int parts) {
    List<PlanEntry> entries = plan.entries();
    int count = Math.min(parts, entries.size());
    for (int part = 0; part < count && runCount < runsMax; part++) {
      int from = (int) ((long) entries.size() * part / count);
      int to = (int) ((long) entries.size() * (part + 1) / count);
      Set<String> removed = new LinkedHashSet<>();
      new ArrayList<>(entries.subList(from, to)).forEach(entry -> removed.add(entry.name()));
      Plan candidate = plan.keeping(entry -> !removed.contains(entry.name()));
      runCount++;
      if (stillFails.test(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
