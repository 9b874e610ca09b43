package dev.nucleusdb.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A world's plan tells all that came from outside: its faults and what its clients asked for.
class FollowedWorldTest {
  private static WorldResult run(long seed, Plan plan) {
    return new ReplicatedKeyValue().run(DigestProgram.options(5, 6), seed, plan, List.of());
  }

  private static List<PlanEntry> operations(WorldResult result) {
    return result.plan().entries().stream()
        .filter(entry -> entry.family() == FaultFamily.OPERATION)
        .toList();
  }

  @Test
  void a_world_that_follows_its_own_plan_is_the_same_world() {
    for (long seed = 1; seed <= 12; seed++) {
      WorldResult drawn = DigestProgram.run(5, 6, seed);
      WorldResult followed = run(seed, Plan.parse(drawn.plan().toString()));
      assertThat(operations(drawn)).hasSizeGreaterThan(50);
      assertThat(followed.digest()).as("seed %d", seed).isEqualTo(drawn.digest());
      assertThat(followed.plan()).isEqualTo(drawn.plan());
      assertThat(followed.operations()).isEqualTo(drawn.operations());
    }
  }

  @Test
  void operations_can_be_taken_out_and_the_others_stay() {
    WorldResult drawn = DigestProgram.run(5, 6, 3);
    Plan less =
        drawn
            .plan()
            .keeping(entry ->
                entry.family() != FaultFamily.OPERATION
                    || (!entry.target().equals("c2") && entry.number() % 2 == 0));
    WorldResult followed = run(3, less);
    assertThat(followed.violation()).isNull();
    assertThat(operations(followed).stream().map(PlanEntry::name).toList())
        .containsExactlyInAnyOrderElementsOf(
            less.entries().stream()
                .filter(entry -> entry.family() == FaultFamily.OPERATION)
                .map(PlanEntry::name)
                .toList());
  }

  @Test
  void a_plan_without_operations_lets_clients_do_what_they_like() {
    WorldResult drawn = DigestProgram.run(5, 6, 4);
    Plan old = new Plan(Plan.EMPTY.header(), drawn.plan().keeping(entry -> false).entries());
    assertThat(operations(run(4, old))).isNotEmpty();
    Plan silent = Plan.EMPTY.withHeader("operations", "planned");
    assertThat(operations(run(4, silent))).isEmpty();
  }

  @Test
  void an_operation_that_nobody_understands_is_refused() {
    Plan odd = Plan.parse("operations=planned\n\noperation/c1/1 at=1s do=jump:k1\n");
    assertThatThrownBy(() -> run(1, odd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jump:k1");
  }
}
