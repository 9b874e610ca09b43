package dev.nucleusdb.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.sim.fault.FaultFamily;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A few worlds with many groups, and the same again.
class ManyGroupsTest {
  private static WorldResult run(long seed) {
    ScenarioOptions options =
        new ScenarioOptions(3, 8, Duration.ofSeconds(20), FaultFamily.parseList("all"), null);
    return new ManyGroups().run(options, seed, null, List.of());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void a_world_of_many_groups_is_clean_and_the_same_each_time(long seed) {
    WorldResult result = run(seed);
    assertThat(result.violation()).as("seed %d", seed).isNull();
    assertThat(run(seed).digest()).isEqualTo(result.digest());
  }
}
