package dev.nucleusdb.scenarios.temper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.scenarios.ManyGroups;
import dev.nucleusdb.scenarios.ReplicatedKeyValue;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.ambush.Temper;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemperamentsTest {
  private static final Set<FaultFamily> ALL = FaultFamily.parseList("all");

  /// What an ambush struck has a number from here on.
  private static final long NUMBER_BASE = 1_000_000;

  static List<String> names() {
    return Temperaments.names();
  }

  private static ScenarioOptions options(String temper) {
    return new ScenarioOptions(5, 4, Duration.ofSeconds(24), ALL, null).withTemper(temper);
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_world_of_a_temperament_is_struck_holds_and_is_followed_to_the_letter(String temper) {
    int struck = 0;
    for (long seed = 1; seed <= 4; seed++) {
      struck += follow(new ReplicatedKeyValue(), temper, seed);
    }
    // Without transfers of leadership, or without a second group, little of it comes about.
    assertThat(struck).isPositive();
    follow(new ManyGroups(), temper, 3);
  }

  /// @return how often ambushes struck
  private static int follow(Scenario scenario, String temper, long seed) {
    WorldResult drawn = scenario.run(options(temper), seed, null, List.of());
    Plan plan = Plan.parse(drawn.plan().toString());
    WorldResult followed = scenario.run(options(Temperaments.NONE), seed, plan, List.of());

    assertThat(drawn.violation()).as("%s, seed %d", temper, seed).isNull();
    assertThat(followed.digest()).as("%s, seed %d", temper, seed).isEqualTo(drawn.digest());
    assertThat(followed.plan().entries()).isEqualTo(drawn.plan().entries());
    return (int) plan.entries().stream().filter(entry -> entry.number() > NUMBER_BASE).count();
  }

  @Test
  void two_of_three_worlds_have_none_and_keep_the_mix_of_their_seed() {
    int even = 0;
    for (long seed = 1; seed <= 3000; seed++) {
      FaultSource.Draw drawn = Temperaments.draw(seed, ALL, Temperaments.DRAWN);
      if (drawn.temper().equals(Temper.EVEN)) {
        even++;
        assertThat(drawn.mix()).isEqualTo(FaultMix.draw(seed, ALL));
      }
    }
    assertThat(even).isBetween(1900, 2100);
  }

  @Test
  void all_temperaments_have_equal_shares() {
    Map<String, Integer> counts = new TreeMap<>();
    for (long seed = 1; seed <= 6000; seed++) {
      counts.merge(
          Temperaments.draw(seed, ALL, Temperaments.DRAWN).temper().name(), 1, Integer::sum);
    }
    counts.remove("");
    assertThat(counts).containsOnlyKeys(Temperaments.names());
    assertThat(counts.values())
        .allSatisfy(
            count -> assertThat(count).isBetween(1600 / names().size(), 2400 / names().size()));
  }

  @Test
  void machines_that_leave_for_good_are_spared_where_none_may() {
    Set<FaultFamily> few =
        EnumSet.of(
            FaultFamily.CHURN, FaultFamily.PARTITION, FaultFamily.ONE_WAY, FaultFamily.CRASH);
    for (long seed = 1; seed <= 4; seed++) {
      ScenarioOptions options =
          new ScenarioOptions(5, 4, Duration.ofSeconds(24), few, null).withTemper("reshuffles");
      Plan plan = new ReplicatedKeyValue().run(options, seed, null, List.of()).plan();
      assertThat(plan.header()).containsEntry("temper", "reshuffles");
      assertThat(plan.entries()).extracting(PlanEntry::family).doesNotContain(FaultFamily.LEAVE);
    }
  }

  @Test
  void where_a_hand_over_is_waited_for_somebody_asks_for_one() {
    for (long seed = 1; seed <= 6; seed++) {
      Plan plan =
          new ReplicatedKeyValue().run(options("cut-handovers"), seed, null, List.of()).plan();
      assertThat(plan.toString()).contains("do=transfer:");
    }
  }

  @Test
  void a_temperament_strikes_with_nothing_that_was_not_allowed() {
    Set<FaultFamily> few = EnumSet.of(FaultFamily.PARTITION, FaultFamily.CRASH);
    for (long seed = 1; seed <= 200; seed++) {
      FaultSource.Draw drawn = Temperaments.draw(seed, few, Temperaments.DRAWN);
      assertThat(few).containsAll(drawn.mix().strengths().keySet());
      assertThat(drawn.temper().name()).isIn("", "short-reigns");
      assertThat(Temperaments.draw(seed, few, "rooms").temper()).isEqualTo(Temper.EVEN);
    }
  }

  @Test
  void a_name_that_there_is_not_is_told() {
    assertThatThrownBy(() -> options("sanguine"))
        .hasMessageContaining("sanguine")
        .hasMessageContaining("short-reigns");
  }
}
