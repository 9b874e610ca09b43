package dev.nucleusdb.cli.bench;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.read.LeaseOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nucleus bench reads`: what a linearizable read costs in the core of Raft, by lease and by
/// ReadIndex, per CPU second of one thread; all that the three members do is on it.
@Command(
    name = "reads",
    mixinStandardHelpOptions = true,
    description = "Linearizable reads in the core of Raft, per CPU second of one thread.",
    footer = {"", "Example: nucleus bench reads --rounds 5"})
final class BenchReadsCommand implements Callable<Integer> {
  private static final int LEASE_READS = 4_000_000;
  private static final int INDEX_READS = 1_000_000;

  /// Simulated time between two reads: with a lease of 500 ms, an empty entry for each half
  /// million.
  private static final long PAUSE_NANOS = 500;

  private static final RaftOptions LEASE =
      RaftOptions.DEFAULT.withLease(LeaseOptions.of(Duration.ofMillis(500)));

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds, of which the median is taken (default 5).")
  int rounds = 5;

  private record Kind(String name, DoubleSupplier run, double[] rates) {}

  @Override
  public Integer call() {
    if (rounds < 1) {
      throw new UsageException("--rounds is at least 1");
    }
    Kind[] kinds = {
      new Kind("lease", BenchReadsCommand::lease, new double[rounds]),
      new Kind("ReadIndex, 64 a round", () -> readIndex(64), new double[rounds]),
      new Kind("ReadIndex, 1024 a round", () -> readIndex(1024), new double[rounds]),
    };
    // The first turn of each is for the compiler.
    for (int i = -1; i < rounds; i++) {
      for (Kind kind : kinds) {
        double rate = kind.run().getAsDouble();
        if (i >= 0) {
          kind.rates()[i] = rate;
        }
      }
    }
    for (Kind kind : kinds) {
      double[] sorted = kind.rates().clone();
      Arrays.sort(sorted);
      System.out.printf(
          "%-24s %,12.0f reads/s  (%,.0f to %,.0f)%n",
          kind.name(), sorted[rounds / 2], sorted[0], sorted[rounds - 1]);
    }
    return ExitCode.OK;
  }

  /// One read after the other. Entries, rounds and answers that the lease needs are among them.
  private static double lease() {
    CoreGroup group = new CoreGroup(LEASE);
    double seconds =
        cpuSeconds(() -> {
          for (int i = 1; i <= LEASE_READS; i++) {
            group.read(i, PAUSE_NANOS);
            if (group.isBusy()) {
              group.settle();
            }
          }
        });
    requireServed(group, LEASE_READS);
    return LEASE_READS / seconds;
  }

  /// So many reads come, and then the answers to the round before.
  private static double readIndex(int perRound) {
    CoreGroup group = new CoreGroup(RaftOptions.DEFAULT);
    double seconds =
        cpuSeconds(() -> {
          for (int i = 1; i <= INDEX_READS; i++) {
            group.read(i, PAUSE_NANOS);
            if (i % perRound == 0) {
              group.settle();
            }
          }
          group.settle();
        });
    requireServed(group, INDEX_READS);
    return INDEX_READS / seconds;
  }

  private static void requireServed(CoreGroup group, long count) {
    if (group.served() != count) {
      throw new IllegalStateException(group.served() + " reads were served, not " + count);
    }
  }

  private static double cpuSeconds(Runnable work) {
    java.lang.management.ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    work.run();
    return (threads.getCurrentThreadCpuTime() - before) / 1e9;
  }
}
