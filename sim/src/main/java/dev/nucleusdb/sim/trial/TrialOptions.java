package dev.nucleusdb.sim.trial;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which worlds a test is run in.
///
/// @param worlds how many
/// @param firstSeed the seed of the first; the others follow
/// @param nodes how many nodes each has
/// @param faults the families of faults that may strike; each world draws some of them
/// @param chaos how long they strike
/// @param heal how long the system then has to recover
/// @param shrinkRunsMax how many more worlds may be run to find out which faults a failure needs
public record TrialOptions(
    int worlds,
    long firstSeed,
    int nodes,
    Set<FaultFamily> faults,
    Duration chaos,
    Duration heal,
    int shrinkRunsMax) {
  /// 200 worlds of 5 nodes with all faults for 30 s, and 10 s to recover.
  public static final TrialOptions DEFAULT =
      new TrialOptions(
          200,
          1,
          5,
          FaultFamily.parseList("all"),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          300);

  /// @throws IllegalArgumentException if a bound makes no sense
  public TrialOptions {
    require(worlds > 0, "a trial needs a world");
    require(nodes >= 0, "a negative number of nodes");
    require(shrinkRunsMax >= 0, "a negative number of runs");
  }

  /// With another number of worlds.
  public TrialOptions withWorlds(int count) {
    return new TrialOptions(count, firstSeed, nodes, faults, chaos, heal, shrinkRunsMax);
  }

  /// With other seeds.
  public TrialOptions withFirstSeed(long seed) {
    return new TrialOptions(worlds, seed, nodes, faults, chaos, heal, shrinkRunsMax);
  }

  /// With another number of nodes.
  public TrialOptions withNodes(int count) {
    return new TrialOptions(worlds, firstSeed, count, faults, chaos, heal, shrinkRunsMax);
  }

  /// With other families of faults: a list such as `partition,crash`, `all` or `none`.
  ///
  /// @throws IllegalArgumentException if a name is unknown
  public TrialOptions withFaults(String list) {
    Set<FaultFamily> families = FaultFamily.parseList(list);
    return new TrialOptions(worlds, firstSeed, nodes, families, chaos, heal, shrinkRunsMax);
  }

  /// With other lengths of chaos and healing.
  public TrialOptions lasting(Duration newChaos, Duration newHeal) {
    return new TrialOptions(worlds, firstSeed, nodes, faults, newChaos, newHeal, shrinkRunsMax);
  }

  /// With another effort to shrink; 0 for none.
  public TrialOptions withShrinkRunsMax(int runs) {
    return new TrialOptions(worlds, firstSeed, nodes, faults, chaos, heal, runs);
  }

  /// The options of one world.
  ///
  /// @param plan the faults to follow; null to draw them
  WorldOptions world(long seed, @Nullable Plan plan) {
    FaultSource source =
        plan == null
            ? new FaultSource.Draw(FaultMix.draw(seed, faults))
            : new FaultSource.Follow(plan);
    return WorldOptions.wild(seed).with(source).lasting(chaos, heal);
  }
}
