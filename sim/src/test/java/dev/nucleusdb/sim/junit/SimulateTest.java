package dev.nucleusdb.sim.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.stranger.planted.Careless;
import dev.nucleusdb.sim.trial.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// What becomes of methods with `@Simulate`, run as JUnit runs them.
class SimulateTest {
  private static final String OWN = "dev.nucleusdb.sim.junit";
  private static final List<Long> SEEDS = new ArrayList<>();

  @TempDir private Path plans;

  /// Tests of a careless engineer, run by the tests below.
  static final class Fixture {
    @Simulate(worlds = 5, nodes = 3, seed = 40, duration = "2s", heal = "1s", packages = OWN)
    void passes(Simulation simulation, TestInfo info) {
      assertThat(info.getDisplayName()).contains("passes");
      SEEDS.add(simulation.seed());
      chatter(simulation);
    }

    @Simulate(worlds = 100, nodes = 3, duration = "10s", packages = OWN)
    void no_node_ever_crashes(Simulation simulation) {
      SEEDS.add(simulation.seed());
      chatter(simulation);
      simulation.run();
      long crashes = simulation.world().faultCounts().of(FaultFamily.CRASH);
      simulation.check("NoCrash", crashes == 0, crashes + " crashes");
    }

    @Simulate(worlds = 3, nodes = 2, duration = "1s", packages = OWN)
    void silent(Simulation simulation) {
      simulation.programs(fibers -> fibers.sleep(Duration.ofSeconds(1)));
    }

    @Simulate(worlds = 3, nodes = 2, duration = "1s", packages = OWN)
    void unreached(Simulation simulation) {
      chatter(simulation);
      simulation.sometimes("two leaders", false);
    }

    @Simulate(worlds = 3, nodes = 2, duration = "1s", packages = "dev.nucleusdb.sim.stranger")
    void outside_of_its_packages(Simulation simulation) {
      chatter(simulation);
    }

    @Simulate(
        worlds = 1,
        nodes = 2,
        duration = "1s",
        packages = {OWN, "dev.nucleusdb.sim.stranger"})
    void reads_the_clock(Simulation simulation) {
      simulation.programs(fibers -> fibers.sleep(Duration.ofNanos(Careless.clock())));
    }

    private static void chatter(Simulation simulation) {
      List<Address> all = simulation.addresses();
      simulation.programs(fibers -> {
        while (true) {
          all.forEach(peer -> fibers.post().send(peer, new byte[1]));
          fibers.sleep(Duration.ofMillis(300));
        }
      });
    }
  }

  private @Nullable Throwable run(String method, String... property) {
    SEEDS.clear();
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                selectMethod(
                    Fixture.class,
                    List.of(Fixture.class.getDeclaredMethods()).stream()
                        .filter(candidate -> candidate.getName().equals(method))
                        .findFirst()
                        .orElseThrow()))
            .configurationParameter(SimulateExtension.PLANS, plans.toString());
    if (property.length == 2) {
      request.configurationParameter(property[0], property[1]);
    }
    List<TestExecutionResult> results = new ArrayList<>();
    LauncherFactory.create()
        .execute(
            request.build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
                if (identifier.isTest()) {
                  results.add(result);
                }
              }
            });
    assertThat(results).hasSize(1);
    return results.getFirst().getThrowable().orElse(null);
  }

  private String messageOf(String method, String... property) {
    return String.valueOf(Objects.requireNonNull(run(method, property)).getMessage());
  }

  @Test
  void every_world_has_a_seed_of_its_own() {
    assertThat(run("passes")).isNull();
    assertThat(SEEDS).containsExactly(40L, 41L, 42L, 43L, 44L);
    assertThat(plans).isEmptyDirectory();
  }

  @Test
  void a_property_picks_one_seed() {
    assertThat(run("passes", SimulateExtension.SEED, "17")).isNull();
    assertThat(SEEDS).containsExactly(17L);
  }

  @Test
  void a_failure_is_shrunk_saved_and_replayed_first() throws IOException {
    String message = messageOf("no_node_ever_crashes");
    assertThat(message)
        .contains("NoCrash is broken in world", "1 are enough", "crash/n")
        .containsPattern(
            "replay: mvn test -Dtest=Fixture#no_node_ever_crashes -Dnucleus\\.seed=\\d+");
    long worlds = SEEDS.stream().distinct().count();
    long seed = SEEDS.getLast();
    Path plan = plans.resolve(Fixture.class.getName() + ".no_node_ever_crashes.plan");
    assertThat(message).contains(plan.toString());
    assertThat(Files.readString(plan)).contains("seed=" + seed, "invariant=NoCrash", "crash/n");

    assertThat(messageOf("no_node_ever_crashes")).contains("seed " + seed, "1 are enough");
    assertThat(SEEDS).as("after %d worlds before", worlds).containsExactly(seed);

    Files.writeString(plan, Files.readString(plan).replaceAll("(?m)^crash/.*$", ""));
    assertThat(messageOf("no_node_ever_crashes")).contains("NoCrash");
    assertThat(SEEDS.size()).isGreaterThan(2);
  }

  @Test
  void a_world_in_which_nothing_happens_is_a_failure() {
    assertThat(messageOf("silent")).contains("vacuity", "no message arrived");
  }

  @Test
  void a_state_that_is_never_reached_is_a_failure() {
    assertThat(messageOf("unreached")).contains("never-reached", "two leaders");
  }

  @Test
  void a_test_outside_of_the_audited_packages_is_refused() {
    assertThat(messageOf("outside_of_its_packages")).contains("none of the packages");
  }

  @Test
  void code_under_test_that_reads_the_clock_is_named_before_anything_runs() {
    assertThat(messageOf("reads_the_clock"))
        .contains(
            "java.lang.System.nanoTime",
            "Careless.java:",
            "Fixture.reads_the_clock > SimulateTest$Fixture.lambda$reads_the_clock$0",
            "Careless.helper");
  }
}
