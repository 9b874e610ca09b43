package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.core.assertion.Sometimes;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.bug.Bug;
import dev.nucleusdb.scenarios.bug.BugCatalogue;
import dev.nucleusdb.scenarios.search.Corpus;
import dev.nucleusdb.scenarios.search.WorldChoice;
import dev.nucleusdb.sim.Branch;
import dev.nucleusdb.sim.fault.Seconds;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
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
      "  nucleus simulate --bug votes-twice       shows that a deliberate bug is caught",
      "  nucleus simulate --guided --keep-going --budget 10m --summary campaign.html",
      "  nucleus simulate --runs 1000 --shard 2/4 --result 2.txt     one machine of four",
      "  nucleus simulate --merge 1.txt 2.txt 3.txt 4.txt"
    })
public final class SimulateCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "Which scenario (default replicated-kv); --list names them.")
  String scenarioName = Scenario.all().getFirst().name();

  @Mixin WorldFlags flags = new WorldFlags();

  @Mixin SearchFlags search = new SearchFlags();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes a page with the timeline of one world: the failing one, or the first.")
  @Nullable Path report;

  @Option(names = "--json", description = "Ends with one line of JSON.")
  boolean json;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Writes a page of the whole campaign: sums, failures by class, rare states.")
  @Nullable Path summary;

  @Option(
      names = "--merge",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Runs nothing: adds up the results of several shards, and judges the sum.")
  List<Path> merged = List.of();

  @Option(
      names = "--score",
      description =
          "Switches on one deliberate bug after another and says how fast each is found, within"
              + " --budget for each.")
  boolean score;

  @Option(names = "--list", description = "Names the scenarios and ends.")
  boolean list;

  @Option(names = "--bugs", description = "Names the deliberate bugs and ends.")
  boolean bugs;

  @Override
  public Integer call() throws Exception {
    if (list) {
      Scenario.all().forEach(s -> System.out.printf("%-16s %s%n", s.name(), s.description()));
      System.out.printf(
          "%-16s every crash, failed call and damaged block of short lives of one store%n",
          ExhaustiveStore.NAME);
      return ExitCode.OK;
    }
    if (bugs) {
      for (Bug bug : BugCatalogue.all()) {
        System.out.printf("%-26s %s [%s]%n", bug.name(), bug.description(), bug.source());
      }
      return ExitCode.OK;
    }
    if (scenarioName.equals(ExhaustiveStore.NAME)) {
      PrintStream text = json ? System.err : System.out;
      return new ExhaustiveStore(text, flags.toOptions()).run(json);
    }
    Scenario scenario = WorldFlags.scenario(scenarioName);
    ScenarioOptions options = flags.toOptions();
    search.check();
    if (score) {
      return new Score(System.out, scenario, options, search).run();
    }
    return merged.isEmpty() ? simulate(scenario, options) : merge(scenario, options);
  }

  private int simulate(Scenario scenario, ScenarioOptions options) throws InterruptedException {
    long start = System.nanoTime();
    CampaignPlan plan = search.toPlan(start, this::replayLine);
    Campaign campaign = new Campaign(scenario, options, plan);
    PrintStream text = json ? System.err : System.out;
    String worlds =
        scenario.isOfOneStore()
            ? "lives of 40 to 200 operations"
            : "%d nodes, %d clients, worlds of %s"
                .formatted(
                    options.nodeCount(),
                    options.clientCount(),
                    Durations.format(options.duration()));
    text.printf(
        "%s: %s from seed %d on %d thread(s)%n", scenario.name(), worlds, search.seed, search.jobs);
    ProgressLine progress = new ProgressLine(campaign, start);
    campaign.run(search.jobs, progress::show);
    progress.clear();
    CampaignTally tally = campaign.tally();
    tally.addMarks(Sometimes.counts());
    Corpus corpus = plan.corpus();
    if (corpus != null) {
      tally.addStates(corpus.states());
    }
    double wallSeconds = (System.nanoTime() - start) / 1e9;
    new CampaignText(text).print(scenario, tally, options, wallSeconds);
    WorldResult violation = campaign.violation();
    if (violation != null && !search.keepGoing) {
      printViolation(text, violation);
    }
    writeReport(text, scenario, options, violation);
    search.save(identity(scenario), tally, corpus);
    return conclude(text, tally, wallSeconds);
  }

  private int merge(Scenario scenario, ScenarioOptions options) {
    CampaignFile file = new CampaignFile();
    merged.forEach(file::read);
    PrintStream text = json ? System.err : System.out;
    text.println(file.campaign() + ": the sum of " + merged.size() + " results");
    new CampaignText(text).print(scenario, file.tally(), options, 0);
    return conclude(text, file.tally(), 0);
  }

  /// What is the same for all shards and both halves of a campaign.
  private String identity(Scenario scenario) {
    return scenario.name() + flags.toCommandLine();
  }

  private int conclude(PrintStream text, CampaignTally tally, double wallSeconds) {
    if (search.keepGoing || !merged.isEmpty()) {
      new CampaignText(text).printFailures(tally);
    }
    if (summary != null) {
      CampaignPage.write(summary, scenarioName, tally, wallSeconds);
      text.println("summary: " + summary.toAbsolutePath());
    }
    if (json) {
      System.out.println(CampaignJson.line(scenarioName, search.seed, tally, wallSeconds));
    }
    if (!tally.failures().isEmpty()) {
      return ExitCode.VIOLATION;
    }
    if (tally.undecidedCount() > 0) {
      text.println("verdict: not decided: the judge gave up on a history");
      return ExitCode.UNDECIDED;
    }
    new CampaignText(text).printRareStates(tally.marks());
    text.println("verdict: no violation");
    return ExitCode.OK;
  }

  private String replayLine(WorldChoice choice, WorldResult result) {
    String scenario =
        scenarioName.equals(Scenario.all().getFirst().name()) ? "" : " --scenario " + scenarioName;
    Branch branch = choice.branch();
    String course =
        branch == null
            ? ""
            : " --branch %s --branch-seed %d"
                .formatted(Seconds.format(branch.atNanos()), branch.seed());
    return "./nucleus replay %d%s%s%s --expect %016x"
        .formatted(choice.seed(), scenario, flags.toCommandLine(), course, result.digest());
  }

  private void printViolation(PrintStream text, WorldResult result) {
    text.println();
    text.println("VIOLATION in the world of seed " + result.seed() + ": " + result.violation());
    if (!result.evidence().isEmpty()) {
      text.println(result.evidence().strip());
    }
    text.println("replay: " + replayLine(new WorldChoice(result.seed(), branchOf(result)), result));
  }

  private static @Nullable Branch branchOf(WorldResult result) {
    String at = result.plan().header().get("branch-at");
    String seed = result.plan().header().get("branch-seed");
    return at == null || seed == null ? null : new Branch(Seconds.parse(at), Long.parseLong(seed));
  }

  private void writeReport(
      PrintStream text,
      Scenario scenario,
      ScenarioOptions options,
      @Nullable WorldResult violation) {
    if (report != null) {
      long shown = violation == null ? search.seed : violation.seed();
      String line =
          violation == null
              ? "./nucleus replay " + shown + flags.toCommandLine()
              : replayLine(new WorldChoice(shown, branchOf(violation)), violation);
      ScenarioOptions same = violation == null ? options : options.withBranch(branchOf(violation));
      ReportFile.write(report, scenario, same, shown, null, line);
      text.println("report: " + report.toAbsolutePath());
    }
  }
}
