package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.Seeds;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.core.assertion.Sometimes;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.bug.Bug;
import dev.nucleusdb.scenarios.bug.BugCatalogue;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nucleus simulate`: many seeds of one scenario, and a verdict.
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = "Runs a scenario over many seeds in simulated worlds and judges them.",
    footer = {
      "",
      "Examples:",
      "  nucleus simulate                         the default scenario for about a minute",
      "  nucleus simulate --runs 100 --seed 7     one hundred worlds, the same every time",
      "  nucleus simulate --bug votes-twice       shows that a deliberate bug is caught"
    })
public final class SimulateCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "Which scenario (default replicated-kv); --list names them.")
  String scenarioName = Scenario.all().getFirst().name();

  @Mixin WorldFlags flags = new WorldFlags();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How many worlds; without it, as many as fit into --budget.")
  @Nullable Long runs;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Wall time for the campaign if --runs is not given (default 60s).")
  Duration budget = Duration.ofSeconds(60);

  @Option(
      names = "--seed",
      paramLabel = "S",
      converter = Seeds.class,
      description = "The first seed (default 1); the others follow it. 'random' draws one.")
  long seed = 1;

  @Option(names = "--jobs", paramLabel = "N", description = "Threads (default: one per core).")
  int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes a page with the timeline of one world: the failing one, or the first.")
  @Nullable Path report;

  @Option(names = "--json", description = "Ends with one line of JSON.")
  boolean json;

  @Option(names = "--list", description = "Names the scenarios and ends.")
  boolean list;

  @Option(names = "--bugs", description = "Names the deliberate bugs and ends.")
  boolean bugs;

  @Override
  public Integer call() throws Exception {
    if (list) {
      Scenario.all().forEach(s -> System.out.printf("%-16s %s%n", s.name(), s.description()));
      return ExitCode.OK;
    }
    if (bugs) {
      for (Bug bug : BugCatalogue.all()) {
        System.out.printf("%-26s %s [%s]%n", bug.name(), bug.description(), bug.source());
      }
      return ExitCode.OK;
    }
    return simulate();
  }

  private int simulate() throws InterruptedException {
    Scenario scenario = WorldFlags.scenario(scenarioName);
    ScenarioOptions options = flags.toOptions();
    if (jobs < 1 || (runs != null && runs < 1)) {
      throw new UsageException("--jobs and --runs need at least 1");
    }
    long start = System.nanoTime();
    Campaign campaign =
        new Campaign(
            scenario,
            options,
            seed,
            runs == null ? Long.MAX_VALUE : runs,
            () -> runs == null && System.nanoTime() - start > budget.toNanos());
    PrintStream text = json ? System.err : System.out;
    text.printf(
        "%s: %d nodes, %d clients, worlds of %s from seed %d on %d thread(s)%n",
        scenario.name(),
        options.nodeCount(),
        options.clientCount(),
        Durations.format(options.duration()),
        seed,
        jobs);
    ProgressLine progress = new ProgressLine(campaign, start);
    campaign.run(jobs, progress::show);
    progress.clear();
    double wallSeconds = (System.nanoTime() - start) / 1e9;
    new CampaignText(text).print(campaign, options, wallSeconds);
    WorldResult violation = campaign.violation();
    String replay = violation == null ? "" : replayLine(violation);
    if (violation != null) {
      printViolation(text, violation, replay);
    }
    writeReport(text, scenario, options, violation, replay);
    if (json) {
      System.out.println(CampaignJson.line(scenario.name(), seed, campaign, wallSeconds, replay));
    }
    if (violation != null) {
      return ExitCode.VIOLATION;
    }
    if (campaign.undecidedCount() > 0) {
      text.println("verdict: not decided: the judge gave up on a history");
      return ExitCode.UNDECIDED;
    }
    printRareStates(text);
    text.println("verdict: no violation");
    return ExitCode.OK;
  }

  private String replayLine(WorldResult violation) {
    String scenario =
        scenarioName.equals(Scenario.all().getFirst().name()) ? "" : " --scenario " + scenarioName;
    return "./nucleus replay %d%s%s --expect %016x"
        .formatted(violation.seed(), scenario, flags.toCommandLine(), violation.digest());
  }

  private static void printViolation(PrintStream text, WorldResult result, String replay) {
    text.println();
    text.println("VIOLATION in the world of seed " + result.seed() + ": " + result.violation());
    if (!result.evidence().isEmpty()) {
      text.println(result.evidence().strip());
    }
    text.println("replay: " + replay);
  }

  private void writeReport(
      PrintStream text,
      Scenario scenario,
      ScenarioOptions options,
      @Nullable WorldResult violation,
      String replay) {
    if (report != null) {
      long shown = violation == null ? seed : violation.seed();
      String line = replay.isEmpty() ? "./nucleus replay " + shown + flags.toCommandLine() : replay;
      text.println("report: " + ReportFile.write(report, scenario, options, shown, null, line));
    }
  }

  private static void printRareStates(PrintStream text) {
    Map<String, Long> states = Sometimes.counts();
    long reached = states.values().stream().filter(count -> count > 0).count();
    text.printf("rare states   %d of %d reached", reached, states.size());
    states.forEach((name, count) -> {
      if (count == 0) {
        text.printf("%n              never: %s", name);
      }
    });
    text.println();
  }
}
