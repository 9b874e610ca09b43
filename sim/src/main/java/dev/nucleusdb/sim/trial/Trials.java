package dev.nucleusdb.sim.trial;

import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.shrink.Shrinker;
import dev.nucleusdb.sim.trace.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs a test in one world after another until it fails, and then takes faults away for as long as
/// it still fails for the same reason. One thread: the worlds of one test share the test's object.
public final class Trials {
  private final TrialOptions options;
  private final TrialBody body;
  private final Map<String, Boolean> states = new LinkedHashMap<>();
  private int worldCount;

  /// @param options which worlds
  /// @param body the test of one world
  public Trials(TrialOptions options, TrialBody body) {
    this.options = options;
    this.body = body;
  }

  /// Runs the worlds.
  ///
  /// @return the first failure, or null
  public @Nullable TrialFailure run() {
    for (int i = 0; i < options.worlds(); i++) {
      TrialFailure failure = runSeed(options.firstSeed() + i);
      if (failure != null) {
        return failure;
      }
    }
    return neverReached();
  }

  /// Runs the world of one seed.
  ///
  /// @return its failure, shrunk; or null
  public @Nullable TrialFailure runSeed(long seed) {
    worldCount++;
    TrialFailure failure = attempt(seed, null);
    return failure == null ? null : shrunk(failure);
  }

  /// Runs the world of one seed with the faults of a plan and no others.
  ///
  /// @return its failure, or null
  public @Nullable TrialFailure replay(long seed, Plan plan) {
    worldCount++;
    return attempt(seed, plan);
  }

  /// How many worlds were run, those for shrinking not counted.
  public int worldCount() {
    return worldCount;
  }

  private @Nullable TrialFailure attempt(long seed, @Nullable Plan plan) {
    Simulation simulation = new Simulation(options.world(seed, plan), options.nodes());
    try {
      body.run(simulation);
      simulation.finish();
      simulation.states().forEach((name, was) -> states.merge(name, was, Boolean::logicalOr));
      return null;
    } catch (BrokenPropertyError broken) {
      return failure(simulation, broken.invariant(), broken);
    } catch (Throwable thrown) {
      Violation violation = simulation.world().violation();
      String name = violation == null ? thrown.getClass().getName() : violation.invariant();
      return failure(simulation, name, thrown);
    }
  }

  private TrialFailure failure(Simulation simulation, String name, Throwable thrown) {
    Plan plan = simulation.world().plan().withHeader("invariant", name);
    String message = String.valueOf(thrown.getMessage());
    String detail =
        message.startsWith(name + ": ") ? message.substring(name.length() + 2) : message;
    int faults = plan.entries().size();
    return new TrialFailure(
        simulation.seed(), worldCount, name, detail.strip(), faults, plan, 0, thrown);
  }

  private TrialFailure shrunk(TrialFailure failure) {
    TrialFailure[] smallest = {failure};
    Shrinker shrinker =
        new Shrinker(
            plan -> {
              TrialFailure again = attempt(failure.seed(), plan);
              if (again == null || !again.invariant().equals(failure.invariant())) {
                return false;
              }
              smallest[0] = again;
              return true;
            },
            options.shrinkRunsMax());
    shrinker.shrink(failure.plan());
    TrialFailure found = smallest[0];
    return new TrialFailure(
        found.seed(),
        failure.world(),
        found.invariant(),
        found.detail(),
        failure.faultCount(),
        found.plan(),
        shrinker.runCount(),
        found.cause());
  }

  /// A state that no world has reached is a failure of the test.
  private @Nullable TrialFailure neverReached() {
    List<String> missing =
        states.entrySet().stream()
            .filter(state -> !state.getValue())
            .map(Map.Entry::getKey)
            .toList();
    return missing.isEmpty()
        ? null
        : new TrialFailure(
            options.firstSeed(),
            worldCount,
            "never-reached",
            "no world reached: " + String.join(", ", missing),
            0,
            Plan.EMPTY,
            0,
            null);
  }
}
