package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.store.Exhaustion;
import java.io.PrintStream;
import java.util.List;

/// `nucleus simulate store-exhaustive`: no chance in it, and so neither seeds nor a budget.
final class ExhaustiveStore {
  /// What it is called beside the scenarios.
  static final String NAME = "store-exhaustive";

  private final PrintStream text;
  private final ScenarioOptions options;

  ExhaustiveStore(PrintStream text, ScenarioOptions options) {
    this.text = text;
    this.options = options;
  }

  /// @param json whether to end with one line of JSON
  int run(boolean json) {
    long start = System.nanoTime();
    Exhaustion exhaustion =
        new Exhaustion(
            Exhaustion.Bounds.WHOLE,
            blueprint -> options.bug() == null ? blueprint : options.bug().plant(blueprint));
    for (String workload : Exhaustion.workloads()) {
      text.println("exhausting    " + workload);
      exhaustion.run(workload);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    exhaustion.report().forEach(text::println);
    text.printf(
        "crashes       %,d in %.1f s, %,.0f per wall second%n",
        exhaustion.crashCount(), seconds, exhaustion.crashCount() / seconds);
    List<String> violations = exhaustion.violations();
    violations.forEach(line -> text.println("VIOLATION " + line));
    text.println(
        violations.isEmpty()
            ? "verdict: no violation"
            : "verdict: " + violations.size() + " broken");
    if (json) {
      System.out.printf(
          "{\"scenario\":\"%s\",\"crashes\":%d,\"wallSeconds\":%.3f,\"violations\":%d}%n",
          NAME, exhaustion.crashCount(), seconds, violations.size());
    }
    return violations.isEmpty() ? ExitCode.OK : ExitCode.VIOLATION;
  }
}
