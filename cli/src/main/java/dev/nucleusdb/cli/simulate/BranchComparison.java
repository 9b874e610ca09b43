package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.sim.Branch;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.Seconds;
import dev.nucleusdb.sim.trace.Violation;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs the same world on from one moment in several ways, and tells what becomes of each. That all
/// came by the same way up to that moment is shown by the digest there.
final class BranchComparison {
  private final Scenario scenario;
  private final ScenarioOptions options;
  private final long seed;
  private final @Nullable Plan plan;
  private final String replayLine;
  private @Nullable Long sharedDigest;
  private int brokenCount;

  /// @param replayLine the command that runs the world itself
  BranchComparison(
      Scenario scenario,
      ScenarioOptions options,
      long seed,
      @Nullable Plan plan,
      String replayLine) {
    this.scenario = scenario;
    this.options = options;
    this.seed = seed;
    this.plan = plan;
    this.replayLine = replayLine;
  }

  /// Runs and prints them all; the first line is the world itself.
  ///
  /// @return the exit code
  int run(BranchFlags flags) {
    Branch own = flags.branch(seed);
    System.out.println(
        "branches      of the world of seed " + seed + " at " + Seconds.format(own.atNanos()));
    WorldResult unchanged = judge(own);
    Long midpoint = sharedDigest;
    if (midpoint == null) {
      throw new UsageException(
          "the world ends at "
              + Seconds.format(unchanged.simulated().toNanos())
              + ", before the branch");
    }
    System.out.printf("midpoint      digest %016x, the same in all%n", midpoint);
    print("unchanged", unchanged, replayLine);
    long next = flags.firstSeed();
    for (int i = 0; i < flags.count(); i++) {
      next += next == seed ? 1 : 0; // its own seed is the line above
      Branch branch = flags.branch(next++);
      WorldResult result = judge(branch);
      brokenCount += result.violation() == null ? 0 : 1;
      print("seed " + branch.seed(), result, replayLine + BranchFlags.toCommandLine(branch));
    }
    System.out.printf("verdict: %d of %d branches broken%n", brokenCount, flags.count());
    return brokenCount > 0 ? ExitCode.VIOLATION : ExitCode.OK;
  }

  private WorldResult judge(Branch branch) {
    WorldObserver midpoint =
        new WorldObserver() {
          @Override
          public void onBranch(long atNanos, long digest) {
            if (sharedDigest != null && sharedDigest != digest) {
              throw new IllegalStateException(
                  "the branches have not come by the same way: the simulation is broken");
            }
            sharedDigest = digest;
          }
        };
    return scenario.run(options.withBranch(branch), seed, plan, List.of(midpoint));
  }

  private static void print(String name, WorldResult result, String replay) {
    Violation violation = result.violation();
    System.out.printf(
        "%-13s digest %016x  %s%n",
        name, result.digest(), violation == null ? "no violation" : "VIOLATION " + violation);
    if (violation != null) {
      System.out.printf("              replay: %s --expect %016x%n", replay, result.digest());
    }
  }
}
