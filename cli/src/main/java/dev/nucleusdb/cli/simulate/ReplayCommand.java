package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.explain.Explanation;
import dev.nucleusdb.sim.Branch;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanSyntaxException;
import dev.nucleusdb.sim.shrink.Shrinker;
import dev.nucleusdb.sim.time.Journal;
import dev.nucleusdb.sim.trace.Recording;
import dev.nucleusdb.sim.trace.TraceWriter;
import dev.nucleusdb.sim.trace.Violation;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `nucleus replay`: one world again.
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Runs one world again, from its seed or from a saved plan of faults.",
    footer = {
      "",
      "Examples:",
      "  nucleus replay 1 --bug votes-twice --report world.html",
      "  nucleus replay 1 --bug votes-twice --shrink --save small.plan",
      "  nucleus replay small.plan --trace",
      "  nucleus replay 1 --branch 17.3s --branches 20",
      "  nucleus replay 1 --branch 17.3s --branch-seed 4 --report branch.html"
    })
public final class ReplayCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "SEED-OR-FILE",
      description = "A seed, or a file with a plan.")
  String source = "";

  @Mixin WorldFlags flags = new WorldFlags();

  @Mixin BranchFlags branches = new BranchFlags();

  @Option(names = "--scenario", paramLabel = "NAME", description = "Which scenario.")
  String scenarioName = Scenario.all().getFirst().name();

  @Option(
      names = "--expect",
      paramLabel = "DIGEST",
      description = "The digest that the world must have; another one means other code.")
  @Nullable String expected;

  @Option(names = "--trace", description = "Prints every event.")
  boolean trace;

  @Option(names = "--shrink", description = "Looks for the fewest faults that still fail.")
  boolean shrink;

  @Option(
      names = "--shrink-runs",
      paramLabel = "N",
      description = "Most worlds that shrinking may run (default 500).")
  int shrinkRuns = 500;

  @Option(names = "--save", paramLabel = "FILE", description = "Writes the plan to a file.")
  @Nullable Path save;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes a page of the world.")
  @Nullable Path report;

  @Option(
      names = "--twin",
      paramLabel = "JVM-FLAGS",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Runs the world in a second JVM too, as --twin \"-Xint -Xmx256m\"; says where they part.")
  @Nullable String twin;

  @Option(names = "--journal", hidden = true, description = "Writes the digest of every step.")
  @Nullable Path journal;

  @Option(names = "--watch", hidden = true, description = "Writes the stack of one step.")
  long watched = -1;

  @Override
  public Integer call() throws Exception {
    Plan plan = readPlan();
    long seed = plan == null ? seedOf(source) : seedOf(plan.header().getOrDefault("seed", ""));
    Scenario scenario = WorldFlags.scenario(scenarioName);
    ScenarioOptions options = flags.toOptions();
    if (branches.areSeveral()) {
      return new BranchComparison(scenario, options, seed, plan, replayLine(null)).run(branches);
    }
    ScenarioOptions branched = options.withBranch(branches.single());
    if (journal != null) {
      Journal kept = new Journal(watched);
      scenario.run(branched, seed, plan, List.of(kept));
      TwinRun.write(journal, kept);
      return ExitCode.OK;
    }
    if (twin != null) {
      List<String> line = List.of((replayLine(branched.branch()) + scenarioFlag()).split(" "));
      return new TwinRun(
              line.subList(1, line.size()),
              kept -> scenario.run(branched, seed, plan, List.of(kept)))
          .run(twin);
    }
    return replay(scenario, branched, seed, plan);
  }

  private String scenarioFlag() {
    return scenarioName.equals(Scenario.all().getFirst().name())
        ? ""
        : " --scenario " + scenarioName;
  }

  private int replay(Scenario scenario, ScenarioOptions options, long seed, @Nullable Plan plan) {
    List<WorldObserver> observers =
        trace ? List.of(new TraceWriter(System.out::println)) : List.of();
    WorldResult result = scenario.run(options, seed, plan, observers);
    if (shrink && result.violation() != null) {
      result = shrunk(scenario, options, result);
      plan = result.plan();
    }
    print(result);
    save(result);
    if (result.violation() != null || report != null) {
      explain(scenario, options, seed, plan);
    }
    return result.violation() == null ? ExitCode.OK : ExitCode.VIOLATION;
  }

  /// Runs it once more with a recorder: only a world that somebody asks about is worth the room.
  private void explain(Scenario scenario, ScenarioOptions options, long seed, @Nullable Plan plan) {
    Recording recording = new Recording();
    WorldResult result = scenario.run(options, seed, plan, List.of(recording));
    Explanation explanation = Explanation.of(scenario, options, result, recording);
    ExplanationText.print(System.out, explanation);
    if (report != null) {
      String line = replayLine(branches.isSaved() ? null : options.branch());
      System.out.println(
          "report: "
              + ReportFile.write(report, scenario, options, result, recording, explanation, line));
    }
  }

  private String replayLine(@Nullable Branch branch) {
    return "./nucleus replay "
        + source
        + flags.toCommandLine()
        + (branch == null ? "" : BranchFlags.toCommandLine(branch));
  }

  private @Nullable Plan readPlan() {
    Path file = Path.of(source);
    if (source.matches("-?(0x)?[0-9a-fA-F]+") && !Files.exists(file)) {
      return null;
    }
    try {
      Plan plan = Plan.parse(Files.readString(file));
      flags.readFrom(plan.header());
      branches.readFrom(plan.header());
      scenarioName = plan.header().getOrDefault("scenario", scenarioName);
      return plan;
    } catch (PlanSyntaxException e) {
      throw new UsageException(file + ":" + e.getMessage());
    } catch (IOException e) {
      throw new UsageException("cannot read " + file + ": it is neither a seed nor a plan's file");
    } catch (IllegalArgumentException | TypeConversionException e) {
      throw new UsageException(file + ": bad header: " + e.getMessage());
    }
  }

  private static long seedOf(String text) {
    try {
      return Long.decode(text);
    } catch (NumberFormatException e) {
      throw new UsageException("'" + text + "' is no seed; write a number such as 42 or 0x2a");
    }
  }

  private WorldResult shrunk(Scenario scenario, ScenarioOptions options, WorldResult found) {
    Violation violation = found.violation();
    String reason = violation == null ? "" : violation.invariant();
    Shrinker shrinker =
        new Shrinker(
            candidate -> {
              Violation again =
                  scenario.run(options, found.seed(), candidate, List.of()).violation();
              return again != null && again.invariant().equals(reason);
            },
            shrinkRuns);
    Plan small = shrinker.shrink(found.plan());
    System.out.printf(
        "shrunk        from %,d faults and operations to %d in %d worlds%n",
        found.plan().entries().size(), small.entries().size(), shrinker.runCount());
    return scenario.run(options, found.seed(), small, List.of());
  }

  private void print(WorldResult result) {
    System.out.printf(
        "world         seed %d, %d s simulated, %,d events%n",
        result.seed(), result.simulated().toSeconds(), result.eventCount());
    System.out.printf(
        "operations    %,d ok, %,d failed, %,d unknown%n",
        result.operations().ok(), result.operations().failed(), result.operations().unknown());
    System.out.printf("faults        %,d%n", result.faults().total());
    if (shrink && result.violation() != null) {
      result.plan().entries().forEach(entry -> System.out.println("  " + entry));
    }
    String digest = "%016x".formatted(result.digest());
    System.out.println("digest        " + digest);
    if (expected != null && !shrink) {
      boolean same = expected.equals(digest);
      System.out.println(
          same
              ? "reproduced    digest for digest"
              : "NOT reproduced: expected digest " + expected + "; is this another commit?");
    }
    if (result.violation() == null) {
      System.out.println("verdict: no violation");
    } else {
      System.out.println("VIOLATION " + result.violation());
      System.out.print(result.evidence());
    }
  }

  private void save(WorldResult result) {
    if (save == null) {
      return;
    }
    try {
      Files.writeString(save, flags.writeInto(result.plan(), scenarioName).toString());
      System.out.println("plan: " + save.toAbsolutePath());
    } catch (IOException e) {
      throw new UsageException("cannot write " + save + ": " + e.getMessage());
    }
  }
}
