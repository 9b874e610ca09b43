package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.bug.Bug;
import dev.nucleusdb.scenarios.bug.BugCatalogue;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Violation;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How good the checks are: one deliberate bug after another is switched on, and random worlds and
/// its witness plan are run until a check fires. Prints a Markdown table, a line as soon as it is
/// known.
final class Score {
  private final PrintStream out;
  private final Scenario scenario;
  private final ScenarioOptions options;
  private final SearchFlags search;

  Score(PrintStream out, Scenario scenario, ScenarioOptions options, SearchFlags search) {
    this.out = out;
    this.scenario = scenario;
    this.options = options;
    this.search = search;
  }

  private record Row(boolean found, long worlds) {}

  /// @return 0 if every bug was found by its witness, else 1
  int run() throws InterruptedException {
    out.println("| bug | worlds | check at random | seconds | witness: entries | its check |");
    out.println("|---|---:|---|---:|---:|---|");
    List<Row> rows = new ArrayList<>();
    boolean witnessed = true;
    for (Bug bug : BugCatalogue.all()) {
      if (options.bug() == null || options.bug().name().equals(bug.name())) {
        Violation witness = followWitness(bug);
        witnessed &= witness != null;
        rows.add(score(bug, witness));
      }
    }
    long found = rows.stream().filter(Row::found).count();
    List<Long> worlds = rows.stream().filter(Row::found).map(Row::worlds).sorted().toList();
    out.printf(
        "%n%d of %d found by random worlds within %d s each; median %d worlds%n",
        found,
        rows.size(),
        search.budget.toSeconds(),
        worlds.isEmpty() ? 0 : worlds.get(worlds.size() / 2));
    return witnessed ? ExitCode.OK : ExitCode.VIOLATION;
  }

  private Row score(Bug bug, @Nullable Violation witness) throws InterruptedException {
    long start = System.nanoTime();
    Campaign campaign =
        new Campaign(
            scenarioOf(bug), options.withBug(bug), search.toPlan(start, (choice, result) -> ""));
    campaign.run(search.jobs, () -> {});
    double seconds = (System.nanoTime() - start) / 1e9;
    WorldResult result = campaign.violation();
    Violation violation = result == null ? null : result.violation();
    long worlds = result == null ? campaign.worldCount() : result.seed() - search.seed + 1;
    out.printf(
        "| %s | %s | %s | %.1f | %d | %s |%n",
        bug.name(),
        violation == null ? "none in " + worlds : Long.toString(worlds),
        violation == null ? "" : violation.invariant(),
        seconds,
        bug.witness().entries().size(),
        witness == null ? "**none**" : witness.invariant());
    return new Row(violation != null, worlds);
  }

  /// A bug is looked for where its witness shows it.
  private Scenario scenarioOf(Bug bug) {
    String name = bug.witness().header().getOrDefault("scenario", "");
    return Scenario.named(name).orElse(scenario);
  }

  private @Nullable Violation followWitness(Bug bug) {
    Plan plan = bug.witness();
    WorldFlags flags = new WorldFlags();
    flags.readFrom(plan.header());
    long seed = Long.decode(plan.header().getOrDefault("seed", "1"));
    return scenarioOf(bug).run(flags.toOptions(), seed, plan, List.of()).violation();
  }
}
