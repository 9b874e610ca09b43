package dev.nucleusdb.scenarios.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.SoleStore;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A store alone survives what its disk does to it.
final class StoreWorldTest {
  private static final ScenarioOptions ALL =
      new ScenarioOptions(5, 10, Duration.ofSeconds(60), FaultFamily.parseList("all"), null);

  private static WorldResult run(long seed, @Nullable Plan plan) {
    return new SoleStore().run(ALL, seed, plan, List.of());
  }

  @Test
  void thousands_of_crashes_break_nothing() {
    long crashes = 0;
    for (long seed = 1; seed <= 300; seed++) {
      WorldResult result = new SoleStore().run(ALL, seed, null, List.of());
      assertThat(result.violation()).as("./nucleus replay %d --scenario store", seed).isNull();
      crashes += result.faults().of(FaultFamily.POINT);
    }
    assertThat(crashes).isGreaterThan(3_000);
  }

  /// 22: old bytes, shown once, were cut for a torn end. 3002729: wrong bytes, shown three times,
  /// were. 3059944: what a failed sync took back was called damage. 4: a store that had failed was
  /// settled.
  @ParameterizedTest
  @ValueSource(longs = {4, 22, 3002729, 3059944})
  void lives_that_once_broke_hold(long seed) {
    assertThat(run(seed, null).violation()).isNull();
  }

  @Test
  void an_equal_seed_gives_an_equal_life_and_its_plan_gives_it_once_more() {
    for (long seed = 1; seed <= 20; seed++) {
      WorldResult first = new SoleStore().run(ALL, seed, null, List.of());
      WorldResult second = new SoleStore().run(ALL, seed, null, List.of());
      assertThat(second.digest()).isEqualTo(first.digest());
      WorldResult followed = run(seed, Plan.parse(first.plan().toString()));
      assertThat(followed.plan().entries()).isEqualTo(first.plan().entries());
      assertThat(followed.digest()).isEqualTo(first.digest());
    }
  }

  static List<String> workloads() {
    return Exhaustion.workloads();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void every_crash_failure_and_damage_of_a_short_life_is_survived_or_told(String workload) {
    Exhaustion exhaustion = new Exhaustion(Exhaustion.Bounds.FEW, UnaryOperator.identity());
    exhaustion.run(workload);
    assertThat(exhaustion.violations()).isEmpty();
    assertThat(exhaustion.crashCount()).isGreaterThan(300);
    assertThat(exhaustion.counts()).hasSizeGreaterThan(30);
  }

  @Test
  void operations_read_as_they_are_written() {
    for (String text : List.of("write", "write:k3=40,k5-", "sync", "maintain:5", "damage:17")) {
      assertThat(StoreOperation.parse(text)).hasToString(text);
    }
  }
}
