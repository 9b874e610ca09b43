package dev.nucleusdb.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.bench.storage.StorageFigure;
import dev.nucleusdb.bench.storage.StorageResults;
import dev.nucleusdb.bench.storage.StoreContestant;
import dev.nucleusdb.bench.trial.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a report makes of samples.
class StorageGoalTest {
  private static final int CORES = 2;

  private static Samples of(Object... namesAndValues) {
    Samples samples = new Samples();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      samples.add((String) namesAndValues[i], ((Number) namesAndValues[i + 1]).doubleValue());
    }
    return samples;
  }

  private static StorageResults results(int valueSize, Samples ours, Samples lmdb) {
    return new StorageResults(
        valueSize,
        2_000_000,
        of(StorageFigure.FLOOR_GET_NANOS, 500, StorageFigure.FLOOR_WRITE_MB, 1000),
        Map.of(StoreContestant.NUCLEUS, ours, StoreContestant.LMDB, lmdb),
        Map.of());
  }

  private static StorageGoal goal(StorageResults results, String name) {
    return StorageGoal.of(results, CORES).stream()
        .filter(goal -> goal.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_goal_is_missed_by_the_factor_that_is_lacking() {
    StorageGoal half = new StorageGoal("x", 2, 4, true);
    StorageGoal twice = new StorageGoal("x", 8, 4, false);

    assertThat(half.isMet()).isFalse();
    assertThat(half.line()).isEqualTo("x: 2.00, goal at least 4.00: MISSED by a factor of 2.00");
    assertThat(twice.isMet()).isFalse();
    assertThat(twice.missedBy()).isEqualTo(2);
    assertThat(new StorageGoal("x", 4, 4, true).line()).endsWith(": met");
    assertThat(new StorageGoal("x", 4, 4, false).isMet()).isTrue();
  }

  @Test
  void gets_are_compared_with_others_and_with_the_floor() {
    StorageResults results =
        results(
            100,
            of(StorageFigure.GET_HIT, 1_000_000, StorageFigure.GET_ALL_CORES, 1_500_000),
            of(StorageFigure.GET_HIT, 250_000));

    assertThat(goal(results, "S1 get / lmdb").value()).isEqualTo(4);
    assertThat(goal(results, "S1 get / floor").value()).isEqualTo(2);
    assertThat(goal(results, "S2 get, all cores / (one x cores)").value()).isEqualTo(0.75);
  }

  @Test
  void an_open_after_a_kill_is_counted_by_keys_and_cores() {
    StorageResults results = results(100, of(StorageFigure.OPEN_KILLED, 300), of());

    assertThat(goal(results, "S7 open after kill, ms x cores / million keys").value())
        .isEqualTo(300);
  }

  @Test
  void what_was_not_measured_is_no_goal_and_small_values_have_no_bandwidth() {
    Samples ours = of(StorageFigure.PUT_MB, 500);

    assertThat(StorageGoal.of(results(100, ours, of()), CORES)).isEmpty();
    assertThat(StorageGoal.of(results(65_536, ours, of()), CORES))
        .containsExactly(new StorageGoal("S5 put MB / one file", 0.5, 0.9, true));
  }

  @Test
  void large_numbers_are_short() {
    assertThat(StorageBenchReport.number(9_999, 1)).isEqualTo("9,999.0");
    assertThat(StorageBenchReport.number(12_345, 0)).isEqualTo("12.3k");
    assertThat(StorageBenchReport.number(2_345_678, 0)).isEqualTo("2.35M");
    assertThat(StorageBenchReport.number(-3.2, 0)).isEqualTo("-3");
  }
}
