package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.Seeds;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.sim.Branch;
import dev.nucleusdb.sim.fault.Seconds;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that let a world leave the course of its seed. A moment and a branch's seed are one
/// world, as a seed is; a moment alone stands for several, to be compared.
final class BranchFlags {
  private static final int COUNT = 4;
  private static final int COUNT_MAX = 10_000;

  @Option(
      names = "--branch",
      paramLabel = "TIME",
      description = {
        "Runs the world unchanged up to this moment, as 12s or 17.3256s, and on from there with",
        "other latencies, timeouts, choices of clients and, if they are drawn, other faults."
      })
  @Nullable String at;

  @Option(
      names = "--branch-seed",
      paramLabel = "S",
      converter = Seeds.class,
      description = "What is drawn from there on; the world's own seed changes nothing.")
  @Nullable Long branchSeed;

  @Option(
      names = "--branches",
      paramLabel = "N",
      description = "How many branches to compare, from --branch-seed (default 1) on; default 4.")
  @Nullable Integer count;

  private @Nullable Branch saved;

  /// Takes the branch that a saved plan stands on.
  ///
  /// @throws IllegalArgumentException if the header makes no sense
  void readFrom(Map<String, String> header) {
    String time = header.get("branch-at");
    if (time != null) {
      saved = new Branch(Seconds.parse(time), Long.decode(header.getOrDefault("branch-seed", "1")));
    }
  }

  /// Whether the branch comes from a saved plan.
  boolean isSaved() {
    return saved != null;
  }

  /// Whether several branches are to be compared.
  boolean areSeveral() {
    return at != null && (count != null || branchSeed == null);
  }

  /// How many branches are to be compared.
  ///
  /// @throws UsageException if there are none, or too many
  int count() {
    int wanted = count == null ? COUNT : count;
    if (wanted < 1 || wanted > COUNT_MAX) {
      throw new UsageException("--branches needs 1 to " + COUNT_MAX + ", not " + wanted);
    }
    return wanted;
  }

  /// The seed of the first branch.
  long firstSeed() {
    return branchSeed == null ? 1 : branchSeed;
  }

  /// The branch of a seed.
  ///
  /// @throws UsageException if the flags contradict each other, or the moment is none
  Branch branch(long seed) {
    if (saved != null) {
      throw new UsageException("the plan stands on a branch already, at " + words(saved));
    }
    try {
      return new Branch(Seconds.parse(String.valueOf(at)), seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--branch: " + e.getMessage());
    }
  }

  /// The one branch that the world stands on, or null.
  @Nullable Branch single() {
    if (at == null && (branchSeed != null || count != null)) {
      throw new UsageException("--branch-seed and --branches need --branch");
    }
    return at == null ? saved : branch(firstSeed());
  }

  /// The flags of a branch, as on a command line, with a blank before each.
  static String toCommandLine(Branch branch) {
    return " --branch " + Seconds.format(branch.atNanos()) + " --branch-seed " + branch.seed();
  }

  private static String words(Branch branch) {
    return Seconds.format(branch.atNanos());
  }
}
