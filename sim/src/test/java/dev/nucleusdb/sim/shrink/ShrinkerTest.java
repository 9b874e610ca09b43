package dev.nucleusdb.sim.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// How a large plan becomes a small one, with a predicate in the place of a world.
class ShrinkerTest {
  private static Plan large() {
    List<PlanEntry> entries = new ArrayList<>();
    for (int i = 1; i <= 300; i++) {
      entries.add(PlanEntry.message(FaultFamily.LOSS, "n1>n" + (2 + i % 4), i, 0));
      entries.add(
          new PlanEntry(
              FaultFamily.PAUSE, "n" + (1 + i % 5), i, i * 7_654_321L, 4_321_000_000L, 0, ""));
      entries.add(
          new PlanEntry(
              FaultFamily.OPERATION, "c" + (1 + i % 9), i, i * 1_234_567L, 0, 0, "get:k1"));
    }
    return new Plan(Plan.EMPTY.header(), entries);
  }

  private static Set<String> names(Plan plan) {
    return plan.entries().stream().map(PlanEntry::name).collect(Collectors.toSet());
  }

  @Test
  void what_is_left_is_what_matters() {
    List<String> needed = List.of("loss/n1>n3/17", "pause/n5/204", "operation/c3/272");
    Shrinker shrinker = new Shrinker(plan -> names(plan).containsAll(needed), 500);
    Plan small = shrinker.shrink(large());
    assertThat(names(small)).containsExactlyInAnyOrderElementsOf(needed);
    assertThat(shrinker.runCount()).isLessThan(200);
  }

  @Test
  void lengths_become_as_short_as_they_may_and_moments_round() {
    Shrinker shrinker =
        new Shrinker(
            plan ->
                plan.entries().stream()
                    .anyMatch(entry ->
                        entry.name().equals("pause/n5/204")
                            && entry.forNanos() >= 300_000_000
                            && entry.atNanos() >= 1_400_000_000L),
            500);
    PlanEntry left = shrinker.shrink(large()).entries().getFirst();
    assertThat(left.forNanos()).isEqualTo(500_000_000);
    assertThat(left.atNanos()).isEqualTo(2_000_000_000L);
  }

  @Test
  void a_failure_that_needs_no_entry_needs_one_run() {
    Shrinker shrinker = new Shrinker(plan -> true, 500);
    assertThat(shrinker.shrink(large()).entries()).isEmpty();
    assertThat(shrinker.runCount()).isEqualTo(1);
  }

  @Test
  void the_budget_is_kept_and_the_plan_stays_if_it_does_not_fail() {
    Shrinker shrinker = new Shrinker(plan -> false, 50);
    assertThat(shrinker.shrink(large())).isEqualTo(large());
    assertThat(shrinker.runCount()).isEqualTo(50);
  }
}
