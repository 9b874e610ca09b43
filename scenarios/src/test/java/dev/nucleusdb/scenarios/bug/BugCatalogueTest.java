package dev.nucleusdb.scenarios.bug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The checks are worth what they catch: every deliberate bug is caught by its witness plan, and
/// the plan alone, without the bug, is no offence.
final class BugCatalogueTest {
  private static final int ENTRIES_MAX = 12;

  static List<Bug> bugs() {
    return BugCatalogue.all();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void a_witness_plan_fires_the_check_that_it_names(Bug bug) {
    Plan plan = bug.witness();

    Violation violation = follow(plan, bug);

    String fired = violation == null ? "nothing" : violation.invariant();
    assertThat(fired).as(replay(bug)).isEqualTo(plan.header().get("fires"));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void a_witness_plan_fires_nothing_without_its_bug(Bug bug) {
    assertThat(follow(bug.witness(), null)).isNull();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void a_witness_plan_can_be_read_by_people_and_run_from_a_file(Bug bug) {
    Plan plan = bug.witness();

    assertThat(plan.header())
        .containsEntry("bug", bug.name())
        .containsKeys("scenario", "seed", "nodes", "clients", "duration", "fires", "why");
    assertThat(plan.entries()).hasSizeLessThanOrEqualTo(ENTRIES_MAX);
  }

  @Test
  void names_are_found_and_unknown_names_are_not() {
    assertThat(bugs()).hasSize(127).extracting(Bug::name).doesNotHaveDuplicates();
    assertThat(BugCatalogue.named("votes-twice")).isPresent();
    assertThat(BugCatalogue.named("votes-thrice")).isEmpty();
  }

  private static @Nullable Violation follow(Plan plan, @Nullable Bug bug) {
    Map<String, String> header = plan.header();
    ScenarioOptions options =
        new ScenarioOptions(
            Integer.parseInt(header.getOrDefault("nodes", "")),
            Integer.parseInt(header.getOrDefault("clients", "")),
            Duration.parse("PT" + header.getOrDefault("duration", "")),
            FaultFamily.parseList("all"),
            bug);
    long seed = Long.parseLong(header.getOrDefault("seed", ""));
    WorldResult result = scenarioOf(plan).run(options, seed, plan, List.of());
    return result.violation();
  }

  private static Scenario scenarioOf(Plan plan) {
    return Scenario.named(plan.header().getOrDefault("scenario", "")).orElseThrow();
  }

  private static String replay(Bug bug) {
    return "./nucleus replay scenarios/src/main/resources/dev/nucleusdb/scenarios/bug/"
        + bug.name()
        + ".plan";
  }
}
