package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.bug.Bug;
import dev.nucleusdb.scenarios.bug.BugCatalogue;
import dev.nucleusdb.scenarios.temper.Temperaments;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that, with the seed, fix a world. They are part of every replay line and of the header
/// of every plan.
public final class WorldFlags {
  private static final int NODES = 5;
  private static final int CLIENTS = 10;
  private static final Duration DURATION = Duration.ofSeconds(60);
  private static final String ALL = "all";

  @Option(names = "--nodes", paramLabel = "N", description = "Nodes in a world (default 5).")
  int nodes = NODES;

  @Option(names = "--clients", paramLabel = "N", description = "Clients (default 10).")
  int clients = CLIENTS;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Simulated time of one world (default 60s); its last 12s are without faults.")
  Duration duration = DURATION;

  @Option(
      names = "--faults",
      paramLabel = "LIST",
      description =
          "Families of faults to draw from, as partition,loss,crash; 'all' (default) or 'none'.")
  String faults = ALL;

  @Option(
      names = "--beyond",
      description =
          "Damage strikes any number of nodes: nothing need work, but no wrong answer may be given.")
  boolean beyond;

  @Option(
      names = "--bug",
      paramLabel = "NAME",
      description = "Switches on one deliberate bug; 'nucleus simulate --bugs' lists them.")
  @Nullable String bug;

  @Option(
      names = "--temper",
      paramLabel = "NAME",
      description =
          "Gives all worlds one temperament, a class of trouble; 'none' leaves them all without.")
  String temper = Temperaments.DRAWN;

  /// The options of a scenario.
  ///
  /// @throws UsageException if a flag makes no sense
  ScenarioOptions toOptions() {
    try {
      return new ScenarioOptions(
          nodes, clients, duration, families(), beyond, plantedBug(), null, temper);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private Set<FaultFamily> families() {
    Set<FaultFamily> families = FaultFamily.parseList(faults);
    if (beyond && faults.equals(ALL)) {
      families.removeIf(family -> family.harm() == FaultFamily.Harm.LASTING);
    }
    return families;
  }

  private @Nullable Bug plantedBug() {
    if (bug == null) {
      return null;
    }
    return BugCatalogue.named(bug)
        .orElseThrow(() ->
            new UsageException(
                "no bug is called '" + bug + "'; 'nucleus simulate --bugs' lists them"));
  }

  /// The flags that differ from the defaults, as on a command line, with a blank before each.
  String toCommandLine() {
    StringBuilder line = new StringBuilder();
    if (bug != null) {
      line.append(" --bug ").append(bug);
    }
    if (beyond) {
      line.append(" --beyond");
    }
    if (nodes != NODES) {
      line.append(" --nodes ").append(nodes);
    }
    if (clients != CLIENTS) {
      line.append(" --clients ").append(clients);
    }
    if (!duration.equals(DURATION)) {
      line.append(" --duration ").append(Durations.format(duration));
    }
    if (!faults.equals(ALL)) {
      line.append(" --faults ").append(faults);
    }
    if (!temper.equals(Temperaments.DRAWN)) {
      line.append(" --temper ").append(temper);
    }
    return line.toString();
  }

  /// Writes the flags into a plan, so that the plan is all that a replay needs.
  Plan writeInto(Plan plan, String scenario) {
    Plan full =
        plan.withHeader("scenario", scenario)
            .withHeader("nodes", Integer.toString(nodes))
            .withHeader("clients", Integer.toString(clients))
            .withHeader("duration", Durations.format(duration));
    if (beyond) {
      full = full.withHeader("beyond", "true");
    }
    return bug == null ? full : full.withHeader("bug", bug);
  }

  /// Takes the flags out of a plan's header.
  void readFrom(Map<String, String> header) {
    nodes = Integer.parseInt(header.getOrDefault("nodes", Integer.toString(NODES)));
    clients = Integer.parseInt(header.getOrDefault("clients", Integer.toString(CLIENTS)));
    duration = new Durations().convert(header.getOrDefault("duration", Durations.format(DURATION)));
    beyond = Boolean.parseBoolean(header.getOrDefault("beyond", "false"));
    bug = header.get("bug");
  }

  /// The scenario of a name.
  ///
  /// @throws UsageException if there is none
  static Scenario scenario(String name) {
    return Scenario.named(name)
        .orElseThrow(() ->
            new UsageException(
                "no scenario is called '"
                    + name
                    + "'; there are: "
                    + Scenario.all().stream()
                        .map(Scenario::name)
                        .collect(Collectors.joining(", "))));
  }
}
