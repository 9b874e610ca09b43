package dev.nucleusdb.scenarios;

import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A system, a workload, faults and judges.
public interface Scenario {

  /// The name on the command line.
  String name();

  /// One line for people.
  String description();

  /// Runs one world.
  ///
  /// @param options what a person chose
  /// @param seed everything else
  /// @param plan the faults to follow; null to draw them from the seed
  /// @param observers who else watches
  WorldResult run(
      ScenarioOptions options, long seed, @Nullable Plan plan, List<WorldObserver> observers);

  /// All scenarios; the first is the default.
  static List<Scenario> all() {
    return List.of(new ReplicatedKeyValue(), new ManyGroups());
  }

  /// The scenario of a name.
  static Optional<Scenario> named(String name) {
    return all().stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }
}
