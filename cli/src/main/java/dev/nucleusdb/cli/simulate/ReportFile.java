package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.explain.Explanation;
import dev.nucleusdb.scenarios.report.TimelinePage;
import dev.nucleusdb.sim.Branch;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.Seconds;
import dev.nucleusdb.sim.trace.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Runs one world again with a recorder, finds out why it is broken if it is, and writes its page.
final class ReportFile {
  private ReportFile() {}

  /// @return where the page is and how large, for people
  /// @throws UsageException if the file cannot be written
  static String write(
      Path file,
      Scenario scenario,
      ScenarioOptions options,
      long seed,
      @Nullable Plan plan,
      String replayLine) {
    Recording recording = new Recording();
    WorldResult result = scenario.run(options, seed, plan, List.of(recording));
    Explanation explanation = Explanation.of(scenario, options, result, recording);
    return write(file, scenario, options, result, recording, explanation, replayLine);
  }

  /// The page of a world that has been recorded and explained.
  ///
  /// @return where the page is and how large, for people
  /// @throws UsageException if the file cannot be written
  static String write(
      Path file,
      Scenario scenario,
      ScenarioOptions options,
      WorldResult result,
      Recording recording,
      Explanation explanation,
      String replayLine) {
    List<String> headlines = new ArrayList<>();
    headlines.add(options.nodeCount() + " nodes, " + options.clientCount() + " clients");
    headlines.add(
        options.bug() == null ? "no deliberate bug" : "with the bug " + options.bug().name());
    Branch branch = options.branch();
    if (branch != null) {
      headlines.add(
          "branch " + branch.seed() + " from " + Seconds.format(branch.atNanos()) + " on");
    }
    byte[] page =
        TimelinePage.html(result, recording, explanation, scenario.name(), replayLine, headlines)
            .getBytes(StandardCharsets.UTF_8);
    try {
      Files.write(file, page);
    } catch (IOException e) {
      throw new UsageException("cannot write " + file + ": " + e.getMessage());
    }
    return String.format(Locale.ROOT, "%s (%.1f MB)", file.toAbsolutePath(), page.length / 1e6);
  }
}
