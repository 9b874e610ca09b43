package dev.nucleusdb.scenarios.explain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.scenarios.ReplicatedKeyValue;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.bug.BugCatalogue;
import dev.nucleusdb.scenarios.report.TimelinePage;
import dev.nucleusdb.sim.Branch;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Departure;
import dev.nucleusdb.sim.trace.Recording;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whether a broken world tells why, on the witnesses of the bug catalogue.
class ExplanationTest {
  private record Explained(WorldResult result, Recording recording, Explanation explanation) {
    String story() {
      return String.join("\n", explanation.story().stream().map(StoryLine::toString).toList());
    }

    String page() {
      return TimelinePage.html(
          result, recording, explanation, "replicated-kv", "replay it", List.of());
    }
  }

  private static Plan witness(String bug) {
    try (InputStream stream =
        requireNonNull(BugCatalogue.class.getResourceAsStream(bug + ".plan"))) {
      return Plan.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ScenarioOptions options(Plan plan) {
    return new ScenarioOptions(
        Integer.parseInt(requireNonNull(plan.header().get("nodes"))),
        Integer.parseInt(requireNonNull(plan.header().get("clients"))),
        Duration.ofSeconds(20),
        FaultFamily.parseList("all"),
        BugCatalogue.named(requireNonNull(plan.header().get("bug"))).orElseThrow());
  }

  private static Explained explain(String bug) {
    Plan plan = witness(bug);
    long seed = Long.decode(requireNonNull(plan.header().get("seed")));
    Recording recording = new Recording();
    ReplicatedKeyValue scenario = new ReplicatedKeyValue();
    WorldResult result = scenario.run(options(plan), seed, plan, List.of(recording));
    assertThat(result.violation()).isNotNull();
    return new Explained(
        result, recording, Explanation.of(scenario, options(plan), result, recording));
  }

  @Test
  void a_forgotten_vote_is_told_from_the_first_vote_over_the_crash_to_the_second() {
    Explained seen = explain("vote-forgotten");
    assertThat(seen.story())
        .containsSubsequence(
            "n3    votes for n1 in term 1",
            "fault: point/n3/raft.vote-sent/1",
            "n3    goes down",
            "n3    starts again, incarnation 2",
            "n3    writes down term 1, vote for n2",
            "n3    votes for n2 in term 1",
            "OneVotePerTerm is broken");
    assertThat(seen.explanation().story()).hasSizeLessThanOrEqualTo(Story.LINE_COUNT_MAX + 1);
  }

  @Test
  void a_world_with_a_bug_departs_from_the_world_without_it_where_the_bug_acts() {
    Explained seen = explain("vote-forgotten");
    Departure departure = requireNonNull(seen.explanation().departure());
    assertThat(departure.actor().name()).isEqualTo("n3");
    assertThat(Words.of(departure.next().getFirst())).isEqualTo("writes down term 1, vote for n2");
    assertThat(seen.explanation().departureSentence())
        .contains("n3 writes down term 1, vote for n2")
        .contains("without the bug vote-forgotten");
  }

  @Test
  void the_page_of_a_wrong_history_shows_the_operations_the_departure_and_the_causes() {
    Explained seen = explain("reads-unconfirmed");
    String page = seen.page();
    assertThat(page)
        .contains("class=\"counterexample\"")
        .contains("class=\"operation stuck\"")
        .containsPattern("data-operation=\"\\d+\"")
        .contains("id=\"to-departure-first\"")
        .contains("\"departure\":{\"at\":")
        .contains("\"story\":[[")
        .doesNotContain("data-operation=\"-1\"");
    assertThat(seen.story())
        .containsSubsequence("asks: get", "gets a request", "has its answer: get")
        .contains("fault: partition/");
    String items = page.substring(page.indexOf("\"story\":[["));
    assertThat(items.substring(0, items.indexOf("]]"))).doesNotContain(",-1]");
  }

  @Test
  void the_fault_that_makes_the_difference_is_found_where_there_is_no_bug() {
    // Seen from outside, a bug that nobody names is a plain violation: its plan must explain it.
    Plan plan = witness("vote-forgotten");
    ScenarioOptions options = options(plan);
    ReplicatedKeyValue buggy = new ReplicatedKeyValue();
    WorldResult bad = buggy.run(options, 12, plan, List.of());
    GoodRun good =
        requireNonNull(GoodRun.near(new Pretending(options), options.withBug(null), bad));
    assertThat(good.difference())
        .isEqualTo("the same world without its last fault, point/n1/raft.leader-elected/1");
  }

  /// Has the bug, whatever it is told.
  private record Pretending(ScenarioOptions options) implements Scenario {
    @Override
    public String name() {
      return "pretending";
    }

    @Override
    public String description() {
      return "";
    }

    @Override
    public WorldResult run(
        ScenarioOptions told, long seed, @Nullable Plan plan, List<WorldObserver> observers) {
      return new ReplicatedKeyValue().run(options, seed, plan, observers);
    }
  }

  @Test
  void nothing_is_told_of_a_whole_world_and_a_branch_of_a_scenario_replays() {
    ScenarioOptions options =
        new ScenarioOptions(3, 2, Duration.ofSeconds(20), FaultFamily.parseList("all"), null);
    ReplicatedKeyValue scenario = new ReplicatedKeyValue();
    WorldResult own = scenario.run(options, 7, null, List.of());
    assertThat(Explanation.of(scenario, options, own, new Recording())).isEqualTo(Explanation.NONE);
    ScenarioOptions branched = options.withBranch(new Branch(9_000_000_000L, 3));
    WorldResult branch = scenario.run(branched, 7, null, List.of());
    assertThat(branch.digest()).isNotEqualTo(own.digest());
    assertThat(scenario.run(branched, 7, branch.plan(), List.of()).digest())
        .isEqualTo(branch.digest());
  }
}
