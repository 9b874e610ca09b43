package dev.nucleusdb.scenarios;

import dev.nucleusdb.scenarios.invariant.Invariants;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.ArrayList;
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

  /// Whether it is about one store alone: no nodes, no clients, no simulated minutes.
  default boolean isOfOneStore() {
    return false;
  }

  /// Whether a family of faults can strike in it.
  default boolean knows(FaultFamily family) {
    return family.harm() != FaultFamily.Harm.LOCAL;
  }

  /// What so many of its worlds are checked for, by name.
  default List<String> checks(long worldCount) {
    List<String> names = new ArrayList<>(Invariants.names());
    names.addAll(ownChecks());
    names.addAll(List.of("Liveness", "Vacuity"));
    names.add("Linearizability of " + worldCount + " histories");
    return names;
  }

  /// What only its worlds are checked for, by name.
  default List<String> ownChecks() {
    return List.of();
  }

  /// All scenarios; the first is the default.
  static List<Scenario> all() {
    return List.of(new ReplicatedKeyValue(), new ManyGroups(), new SoleStore());
  }

  /// The scenario of a name.
  static Optional<Scenario> named(String name) {
    return all().stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }
}
