package dev.nucleusdb.cli.bench;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.cli.simulate.Campaign;
import dev.nucleusdb.cli.simulate.CampaignPlan;
import dev.nucleusdb.cli.simulate.CampaignTally;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.sim.fault.FaultFamily;
import java.time.Duration;
import java.util.EnumSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nucleus bench`: figures.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = "Measures.",
    subcommands = {BenchWritesCommand.class},
    footer = {
      "",
      "Examples:",
      "  nucleus bench sim",
      "  nucleus bench writes --connect 127.0.0.1:7101,127.0.0.1:7102,127.0.0.1:7103"
    })
public final class BenchCommand {
  private static final int WARMUP_WORLDS = 20;

  @Command(
      name = "sim",
      mixinStandardHelpOptions = true,
      description = "Simulated seconds and events per CPU second of one thread.",
      footer = {"", "Example: nucleus bench sim --worlds 200"})
  int sim(
      @Option(
              names = "--worlds",
              paramLabel = "N",
              defaultValue = "100",
              description = "How many worlds after warming up (default 100).")
          int worlds) {
    Scenario scenario = Scenario.all().getFirst();
    report(scenario, "all faults", EnumSet.allOf(FaultFamily.class), worlds);
    report(scenario, "no faults", EnumSet.noneOf(FaultFamily.class), worlds);
    return ExitCode.OK;
  }

  private static void report(
      Scenario scenario, String title, EnumSet<FaultFamily> families, int worlds) {
    ScenarioOptions options = new ScenarioOptions(5, 10, Duration.ofSeconds(60), families, null);
    Campaign warmUp = new Campaign(scenario, options, CampaignPlan.of(1, WARMUP_WORLDS));
    Campaign measured = new Campaign(scenario, options, CampaignPlan.of(1 + WARMUP_WORLDS, worlds));
    double cpuSeconds;
    try {
      warmUp.run(1, () -> {});
      java.lang.management.ThreadMXBean threads =
          java.lang.management.ManagementFactory.getThreadMXBean();
      long[] cpuNanos = new long[1];
      Thread thread =
          Thread.ofPlatform()
              .start(() -> {
                measured.work();
                cpuNanos[0] = threads.getCurrentThreadCpuTime();
              });
      thread.join();
      cpuSeconds = cpuNanos[0] / 1e9;
    } catch (InterruptedException e) {
      throw new UsageException("interrupted");
    }
    CampaignTally tally = measured.tally();
    System.out.printf(
        "%-12s %d worlds: %,.0f simulated seconds and %,.0f events per CPU second,"
            + " %.0f operations and %.0f faults per simulated minute%n",
        title,
        worlds,
        tally.simulatedSeconds() / cpuSeconds,
        tally.eventCount() / cpuSeconds,
        tally.operations().total() * 60 / tally.simulatedSeconds(),
        tally.faults().total() * 60 / tally.simulatedSeconds());
  }
}
