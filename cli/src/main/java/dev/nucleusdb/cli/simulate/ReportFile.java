package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.report.TimelinePage;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs one world again with a recorder, and writes its page.
final class ReportFile {
  private ReportFile() {}

  /// @throws UsageException if the file cannot be written
  static void write(
      Path file,
      Scenario scenario,
      ScenarioOptions options,
      long seed,
      @Nullable Plan plan,
      String replayLine) {
    Recording recording = new Recording();
    WorldResult result = scenario.run(options, seed, plan, List.of(recording));
    List<String> headlines =
        List.of(
            options.nodeCount() + " nodes, " + options.clientCount() + " clients",
            options.bug() == null ? "no deliberate bug" : "with the bug " + options.bug().name());
    String page = TimelinePage.html(result, recording, scenario.name(), replayLine, headlines);
    try {
      Files.writeString(file, page);
    } catch (IOException e) {
      throw new UsageException("cannot write " + file + ": " + e.getMessage());
    }
  }
}
