package dev.nucleusdb.scenarios;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.scenarios.bug.Bug;
import dev.nucleusdb.scenarios.temper.Temperaments;
import dev.nucleusdb.sim.Branch;
import dev.nucleusdb.sim.fault.FaultFamily;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a person may choose of a scenario; all else comes from the seed.
///
/// @param nodeCount how many nodes; 1 to 9, default 5
/// @param clientCount how many clients; 1 to 100, default 10
/// @param duration simulated time of one world, the last 12 s of it without faults; from 20 s,
///   default 60 s
/// @param families the families of faults that worlds may draw from
/// @param beyond whether damage may strike any number of nodes: then nothing need work any more,
///   but what is wrong must be noticed, and no wrong answer given
/// @param bug the deliberate bug that is switched on, if any
/// @param branch where the world leaves the course of its seed, if it does
/// @param temper which temperament worlds have, by its name: [Temperaments#DRAWN] by default, which
///   leaves it to the seed
public record ScenarioOptions(
    int nodeCount,
    int clientCount,
    Duration duration,
    Set<FaultFamily> families,
    boolean beyond,
    @Nullable Bug bug,
    @Nullable Branch branch,
    String temper) {
  /// The time without faults at the end of a world.
  public static final Duration HEALING = Duration.ofSeconds(12);

  /// @throws IllegalArgumentException if a choice is outside of its range
  public ScenarioOptions {
    require(nodeCount >= 1 && nodeCount <= 9, "1 to 9 nodes, not %d", nodeCount);
    require(clientCount >= 1 && clientCount <= 100, "1 to 100 clients, not %d", clientCount);
    require(
        Temperaments.isName(temper),
        "no temperament is called \"%s\"; there are %s",
        temper,
        Temperaments.names());
    require(
        duration.compareTo(Duration.ofSeconds(20)) >= 0
            && duration.compareTo(Duration.ofHours(24)) <= 0,
        "a world lasts 20 s to 24 h, not %s",
        duration);
  }

  /// Options for a world that keeps to its seed, and to what the system promises to survive.
  ///
  /// @throws IllegalArgumentException if a choice is outside of its range
  public ScenarioOptions(
      int nodeCount,
      int clientCount,
      Duration duration,
      Set<FaultFamily> families,
      @Nullable Bug bug) {
    this(nodeCount, clientCount, duration, families, false, bug, null, Temperaments.DRAWN);
  }

  /// The same with another deliberate bug, or none.
  public ScenarioOptions withBug(@Nullable Bug other) {
    return new ScenarioOptions(
        nodeCount, clientCount, duration, families, beyond, other, branch, temper);
  }

  /// The same with another course from a moment on, or none.
  public ScenarioOptions withBranch(@Nullable Branch other) {
    return new ScenarioOptions(
        nodeCount, clientCount, duration, families, beyond, bug, other, temper);
  }

  /// The same with worlds of another temperament.
  public ScenarioOptions withTemper(String other) {
    return new ScenarioOptions(
        nodeCount, clientCount, duration, families, beyond, bug, branch, other);
  }

  /// The time in which faults strike.
  public Duration chaos() {
    return duration.minus(HEALING);
  }
}
