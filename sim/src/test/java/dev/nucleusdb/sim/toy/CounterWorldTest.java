package dev.nucleusdb.sim.toy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.SimulatedNode;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.FaultCounts;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A small system under everything that can happen to it.
class CounterWorldTest {
  private static WorldOptions wild(long seed) {
    return WorldOptions.wild(seed).lasting(Duration.ofSeconds(20), Duration.ofSeconds(5));
  }

  private static World run(WorldOptions options) {
    World world = CounterWorld.of(options);
    world.run();
    assertThat(world.violation()).as("seed %d", options.seed()).isNull();
    return world;
  }

  @Test
  void worlds_of_many_seeds_break_no_law_and_reach_every_family_of_faults() {
    FaultCounts counts = new FaultCounts();
    for (long seed = 0; seed < 100; seed++) {
      World world = run(wild(seed));
      counts.add(world.faultCounts());
      assertThat(world.nodes()).as("seed %d", seed).allMatch(SimulatedNode::isUp);
    }
    assertThat(counts.toMap()).allSatisfy((family, count) -> assertThat(count).isPositive());
  }

  @Test
  void the_same_seed_gives_the_same_world() {
    for (long seed = 0; seed < 10; seed++) {
      assertThat(run(wild(seed)).digest()).isEqualTo(run(wild(seed)).digest());
      assertThat(run(wild(seed)).digest()).isNotEqualTo(run(wild(seed + 1)).digest());
    }
  }

  @Test
  void following_what_happened_gives_the_same_world() {
    for (long seed = 0; seed < 40; seed++) {
      World drawn = run(wild(seed));
      Plan plan = Plan.parse(drawn.plan().toString());
      World followed = run(wild(seed).with(new FaultSource.Follow(plan)));
      assertThat(followed.digest()).as("seed %d", seed).isEqualTo(drawn.digest());
      assertThat(followed.plan()).isEqualTo(drawn.plan());
      assertThat(followed.faultCounts().toMap()).isEqualTo(drawn.faultCounts().toMap());
      assertThat(followed.eventCount()).isEqualTo(drawn.eventCount());
    }
  }

  @Test
  void all_families_at_once_break_no_law() {
    for (long seed = 0; seed < 20; seed++) {
      FaultMix mix = FaultMix.full(seed, FaultFamily.parseList("all"));
      run(wild(seed).with(new FaultSource.Draw(mix)));
    }
  }
}
