package dev.nucleusdb.scenarios.explain;

import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.bug.Bug;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.trace.Recording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The run that is nearest to a bad one and is not bad.
///
/// With a deliberate bug it is the same world without the bug. Otherwise it is the same world with
/// the first faults of its plan only: as many as can be had before it is broken. The one fault more
/// is what makes the difference; it is found by halving.
///
/// @param difference what it is without, in words
/// @param recording all that happened in it
record GoodRun(String difference, Recording recording) {

  /// Looks for it; null if even a world without faults is broken, or the other world is bad too.
  static @Nullable GoodRun near(Scenario scenario, ScenarioOptions options, WorldResult bad) {
    Bug bug = options.bug();
    if (bug != null) {
      return recorded(
          scenario,
          options.withBug(null),
          bad.seed(),
          bad.plan(),
          "the same world without the bug " + bug.name());
    }
    List<PlanEntry> entries = bad.plan().entries();
    int good = -1;
    int broken = entries.size();
    while (broken - good > 1) {
      int count = (good + broken) >>> 1;
      if (isGood(scenario, options, bad, first(bad.plan(), count))) {
        good = count;
      } else {
        broken = count;
      }
    }
    if (good < 0) {
      return null;
    }
    String last = entries.get(good).name();
    return recorded(
        scenario,
        options,
        bad.seed(),
        first(bad.plan(), good),
        good == entries.size() - 1
            ? "the same world without its last fault, " + last
            : "the same world without " + last + " and the faults after it");
  }

  private static Plan first(Plan plan, int count) {
    return new Plan(plan.header(), plan.entries().subList(0, count));
  }

  private static boolean isGood(
      Scenario scenario, ScenarioOptions options, WorldResult bad, Plan plan) {
    return scenario.run(options, bad.seed(), plan, List.of()).violation() == null;
  }

  private static @Nullable GoodRun recorded(
      Scenario scenario, ScenarioOptions options, long seed, Plan plan, String difference) {
    Recording recording = new Recording();
    WorldResult result = scenario.run(options, seed, plan, List.of(recording));
    return result.violation() == null ? new GoodRun(difference, recording) : null;
  }
}
