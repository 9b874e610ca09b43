package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.workload.OperationCounts;
import dev.nucleusdb.sim.fault.FaultCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Many worlds of one scenario, each from its own seed, on several threads. Worlds share nothing;
/// the sum does not depend on which thread ran which.
public final class Campaign {
  private final Scenario scenario;
  private final ScenarioOptions options;
  private final long firstSeed;
  private final long runsMax;
  private final BooleanSupplier outOfTime;
  private final AtomicLong nextRun = new AtomicLong();

  private long worldCount;
  private long eventCount;
  private long simulatedMillis;
  private long undecidedCount;
  private long digest;
  private OperationCounts operations = OperationCounts.NONE;
  private final FaultCounts faults = new FaultCounts();
  private @Nullable WorldResult violation;
  private @Nullable Throwable failure;

  /// @param runsMax how many worlds at most
  /// @param outOfTime asked before each world
  public Campaign(
      Scenario scenario,
      ScenarioOptions options,
      long firstSeed,
      long runsMax,
      BooleanSupplier outOfTime) {
    this.scenario = scenario;
    this.options = options;
    this.firstSeed = firstSeed;
    this.runsMax = runsMax;
    this.outOfTime = outOfTime;
  }

  /// Runs to the end, or until a violation is found and all worlds of smaller seeds are done.
  ///
  /// @param jobs how many threads
  /// @param progress called now and then on the calling thread
  public void run(int jobs, Runnable progress) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      threads.add(Thread.ofPlatform().name("worlds-" + i).start(this::work));
    }
    for (Thread thread : threads) {
      while (!thread.join(java.time.Duration.ofMillis(250))) {
        progress.run();
      }
    }
    synchronized (this) {
      if (failure != null) {
        throw new IllegalStateException("a world could not be run", failure);
      }
    }
  }

  /// Runs worlds on the calling thread until there are no more to run.
  public void work() {
    try {
      for (long run = nextRun.getAndIncrement(); goesOn(run); run = nextRun.getAndIncrement()) {
        add(scenario.run(options, firstSeed + run, null, List.of()));
      }
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        failure = e;
      }
    }
  }

  private boolean goesOn(long run) {
    if (run >= runsMax || (run > 0 && outOfTime.getAsBoolean())) {
      return false;
    }
    synchronized (this) {
      return violation == null && failure == null;
    }
  }

  private synchronized void add(WorldResult result) {
    worldCount++;
    eventCount += result.eventCount();
    simulatedMillis += result.simulated().toMillis();
    undecidedCount += result.undecided() ? 1 : 0;
    operations = operations.plus(result.operations());
    faults.add(result.faults());
    digest ^= SplitMix.mix(result.digest() + SplitMix.mix(result.seed()));
    boolean first = violation == null || result.seed() < violation.seed();
    if (result.violation() != null && first) {
      violation = result;
    }
  }

  public synchronized long worldCount() {
    return worldCount;
  }

  public synchronized long eventCount() {
    return eventCount;
  }

  public synchronized double simulatedSeconds() {
    return simulatedMillis / 1000.0;
  }

  /// How many histories the judge gave up on.
  public synchronized long undecidedCount() {
    return undecidedCount;
  }

  /// The fingerprint of all worlds together, whatever their order.
  public synchronized long digest() {
    return digest;
  }

  public synchronized OperationCounts operations() {
    return operations;
  }

  public synchronized FaultCounts faults() {
    return faults;
  }

  /// The violation of the smallest seed, if any was found.
  public synchronized @Nullable WorldResult violation() {
    return violation;
  }
}
