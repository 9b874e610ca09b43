package dev.nucleusdb.sim.fault;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The entries of a [Plan], found by what makes them happen. Only looked up, never iterated.
public final class PlannedFaults {
  private record Key(FaultFamily family, String target) {}

  private final Map<Key, Map<Long, PlanEntry>> entries = new LinkedHashMap<>();
  private final List<PlanEntry> scheduled;

  /// An index over a plan.
  public PlannedFaults(Plan plan) {
    scheduled =
        plan.entries().stream()
            .filter(entry -> entry.family().trigger() == FaultFamily.Trigger.SCHEDULED)
            .toList();
    for (PlanEntry entry : plan.entries()) {
      entries
          .computeIfAbsent(new Key(entry.family(), entry.target()), key -> new LinkedHashMap<>())
          .put(entry.number(), entry);
    }
  }

  /// The entries that happen at a moment, in the plan's order.
  public List<PlanEntry> scheduled() {
    return scheduled;
  }

  /// The entry for the n-th message or hit of a target.
  public @Nullable PlanEntry find(FaultFamily family, String target, long number) {
    return of(family, target).get(number);
  }

  /// All entries of a target by their number, for callers that ask often.
  public Map<Long, PlanEntry> of(FaultFamily family, String target) {
    Map<Long, PlanEntry> found = entries.get(new Key(family, target));
    return found == null ? Collections.emptyMap() : found;
  }
}
