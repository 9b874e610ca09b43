package dev.nucleusdb.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.scenarios.temper.Temperaments;
import dev.nucleusdb.sim.fault.FaultFamily;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Seeds that once failed, one per line: a seed, flags such as `--nodes 4`, and behind a `#` why it
/// failed. Without a temperament a world is what it was before there were any.
final class RegressionTest {
  static List<String> seedsOfOneGroup() throws IOException {
    return lines("replicated-kv");
  }

  static List<String> seedsOfManyGroups() throws IOException {
    return lines("many-groups");
  }

  static List<String> seedsOfStores() throws IOException {
    return lines("store");
  }

  private static List<String> lines(String scenario) throws IOException {
    String file = "/regressions/" + scenario + ".seeds";
    try (InputStream bytes =
            Objects.requireNonNull(RegressionTest.class.getResourceAsStream(file));
        BufferedReader text =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      return text.lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("seedsOfOneGroup")
  void a_seed_that_once_failed_no_longer_does(String line) {
    judge(new ReplicatedKeyValue(), line);
  }

  @ParameterizedTest
  @MethodSource("seedsOfManyGroups")
  void a_seed_of_many_groups_that_once_failed_no_longer_does(String line) {
    judge(new ManyGroups(), line);
  }

  @ParameterizedTest
  @MethodSource("seedsOfStores")
  void a_seed_of_a_store_alone_that_once_failed_no_longer_does(String line) {
    judge(Scenario.named("store").orElseThrow(), line);
  }

  private static void judge(Scenario scenario, String line) {
    String[] words = line.split(" +", -1);
    int nodes = 5;
    int clients = 10;
    Duration duration = Duration.ofSeconds(60);
    String temper = Temperaments.NONE;
    for (int i = 1; i + 1 < words.length; i += 2) {
      switch (words[i]) {
        case "--nodes" -> nodes = Integer.parseInt(words[i + 1]);
        case "--clients" -> clients = Integer.parseInt(words[i + 1]);
        case "--duration" -> duration = Duration.parse("PT" + words[i + 1]);
        case "--temper" -> temper = words[i + 1];
        default ->
            throw new IllegalArgumentException(scenario.name() + ": unknown flag " + words[i]);
      }
    }
    ScenarioOptions options =
        new ScenarioOptions(nodes, clients, duration, FaultFamily.parseList("all"), null)
            .withTemper(temper);

    WorldResult result = scenario.run(options, Long.decode(words[0]), null, List.of());

    assertThat(result.violation())
        .as("./nucleus replay %s --scenario %s --temper %s", line, scenario.name(), temper)
        .isNull();
  }
}
