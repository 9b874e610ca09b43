package dev.nucleusdb.cli.bench;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fiber.FiberBenchmark;
import dev.nucleusdb.sim.trace.Recording;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nucleus bench sim`: how fast worlds are. Every figure is per CPU second of one thread, so that
/// other load on the machine matters little; what is compared is run in turns, and medians with
/// their spread are printed.
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    description = "Speed and memory of simulated worlds, per CPU second of one thread.",
    footer = {"", "Example: nucleus bench sim --worlds 60 --rounds 5"})
final class BenchSimCommand implements Callable<Integer> {
  private static final int WARMUP_WORLDS = 20;
  private static final int BARE_EVENTS = 3_000_000;
  private static final int LOOPS = 100;
  private static final int LOOP_STEPS = 5_000;

  @Option(
      names = "--worlds",
      paramLabel = "N",
      description = "Worlds of 60 s in each round (default 20).")
  int worlds = 20;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds, of which the median is taken (default 5).")
  int rounds = 5;

  private record Measured(double[] values) {
    double median() {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }

    String spread() {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return "%,.0f to %,.0f".formatted(sorted[0], sorted[sorted.length - 1]);
    }
  }

  @Override
  public Integer call() {
    bare();
    fibers();
    Scenario scenario = Scenario.all().getFirst();
    full(scenario);
    memory(scenario);
    return ExitCode.OK;
  }

  /// The kernel, and the kernel with network and disk, without any product.
  private void bare() {
    BareWorlds.kernel(BARE_EVENTS);
    BareWorlds.networkAndDisk(BARE_EVENTS / 10);
    double[] kernel = new double[rounds];
    double[] seams = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      kernel[i] = BARE_EVENTS / cpuSeconds(() -> BareWorlds.kernel(BARE_EVENTS));
      long[] events = new long[1];
      double seconds = cpuSeconds(() -> events[0] = BareWorlds.networkAndDisk(BARE_EVENTS / 10));
      seams[i] = events[0] / seconds;
    }
    print("kernel alone", "events/s", new Measured(kernel));
    print("with network and disk", "events/s", new Measured(seams));
  }

  /// The same loops as fibers and as callbacks, in wall time: fibers switch threads of their own.
  private void fibers() {
    FiberBenchmark benchmark = new FiberBenchmark(LOOPS, LOOP_STEPS, System::nanoTime);
    benchmark.run();
    double[] fibers = new double[rounds];
    double[] callbacks = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      fibers[i] = benchmark.fibersPerSecond();
      callbacks[i] = benchmark.callbacksPerSecond();
    }
    print("fibers", "switches/s", new Measured(fibers));
    print("the same as callbacks", "steps/s", new Measured(callbacks));
  }

  /// The default scenario with all faults, without, and with a recorder that sees everything.
  private void full(Scenario scenario) {
    Set<FaultFamily> all = FaultFamily.parseList("all");
    Set<FaultFamily> none = FaultFamily.parseList("none");
    run(scenario, all, 1_000, WARMUP_WORLDS, List::of);
    double[][] seconds = new double[3][rounds];
    double[][] events = new double[3][rounds];
    Sums faulty = new Sums();
    for (int i = 0; i < rounds; i++) {
      for (int kind = 0; kind < 3; kind++) {
        Supplier<List<WorldObserver>> watchers =
            kind == 2 ? () -> List.of(new Recording()) : List::of;
        Set<FaultFamily> families = kind == 1 ? none : all;
        long first = 1 + (long) i * worlds;
        Sums sums = new Sums();
        double cpu = cpuSeconds(() -> sums.add(run(scenario, families, first, worlds, watchers)));
        seconds[kind][i] = sums.simulatedSeconds / cpu;
        events[kind][i] = sums.eventCount / cpu;
        if (kind == 0) {
          faulty.add(sums);
        }
      }
    }
    print("all faults, all checks", "simulated s/s", new Measured(seconds[0]));
    print("", "events/s", new Measured(events[0]));
    print("no faults, all checks", "simulated s/s", new Measured(seconds[1]));
    print("", "events/s", new Measured(events[1]));
    print("all faults, recorded", "simulated s/s", new Measured(seconds[2]));
    double on = new Measured(seconds[2]).median();
    double off = new Measured(seconds[0]).median();
    System.out.printf("%-24s recording costs %.0f %% of the speed%n", "", 100 * (1 - on / off));
    System.out.printf(
        "%-24s %.0f operations and %.0f faults per simulated minute%n",
        "",
        faulty.operations * 60 / faulty.simulatedSeconds,
        faulty.faults * 60 / faulty.simulatedSeconds);
  }

  private static final class Sums {
    private double simulatedSeconds;
    private double eventCount;
    private double operations;
    private double faults;

    void add(Sums more) {
      simulatedSeconds += more.simulatedSeconds;
      eventCount += more.eventCount;
      operations += more.operations;
      faults += more.faults;
    }
  }

  private static Sums run(
      Scenario scenario,
      Set<FaultFamily> families,
      long firstSeed,
      int count,
      Supplier<List<WorldObserver>> watchers) {
    ScenarioOptions options = new ScenarioOptions(5, 10, Duration.ofSeconds(60), families, null);
    Sums sums = new Sums();
    for (int i = 0; i < count; i++) {
      WorldResult result = scenario.run(options, firstSeed + i, null, watchers.get());
      sums.simulatedSeconds += result.simulated().toMillis() / 1e3;
      sums.eventCount += result.eventCount();
      sums.operations += result.operations().total();
      sums.faults += result.faults().total();
    }
    return sums;
  }

  /// What a world keeps, and what it allocates on its way.
  private void memory(Scenario scenario) {
    List<WorldResult> held = new ArrayList<>();
    ScenarioOptions options =
        new ScenarioOptions(5, 10, Duration.ofSeconds(60), FaultFamily.parseList("all"), null);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    long usedBefore = usedBytes();
    for (int i = 0; i < worlds; i++) {
      held.add(scenario.run(options, 1 + i, null, List.of()));
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
    long kept = usedBytes() - usedBefore;
    System.out.printf(
        "%-24s %,d kB allocated on its way, %,d kB of result%n",
        "a world of 60 s", allocated / held.size() / 1024, kept / held.size() / 1024);
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static double cpuSeconds(Runnable work) {
    java.lang.management.ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    work.run();
    return (threads.getCurrentThreadCpuTime() - before) / 1e9;
  }

  private static void print(String title, String unit, Measured measured) {
    System.out.printf(
        "%-24s %,12.0f %-14s (%s)%n", title, measured.median(), unit, measured.spread());
  }
}
