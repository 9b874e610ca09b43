package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.search.ClusterStates;
import dev.nucleusdb.scenarios.search.Corpus;
import dev.nucleusdb.scenarios.search.WorldChoice;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Many worlds of one scenario on several threads. Worlds share nothing; without a corpus each has
/// a seed of its own, and the sum does not depend on which thread ran which.
public final class Campaign {
  private final Scenario scenario;
  private final ScenarioOptions options;
  private final CampaignPlan plan;
  private final AtomicLong nextRun = new AtomicLong();
  private final CampaignTally tally = new CampaignTally();
  private @Nullable WorldResult violation;
  private @Nullable Throwable failure;

  /// @param plan which worlds, and when to stop
  public Campaign(Scenario scenario, ScenarioOptions options, CampaignPlan plan) {
    this.scenario = scenario;
    this.options = options;
    this.plan = plan;
  }

  /// Runs to the end; or, if the plan stops at a failure, until one is found and all worlds that
  /// had begun are done.
  ///
  /// @param jobs how many threads
  /// @param progress called now and then on the calling thread
  public void run(int jobs, Runnable progress) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      threads.add(Thread.ofPlatform().name("worlds-" + i).start(this::work));
    }
    for (Thread thread : threads) {
      while (!thread.join(Duration.ofMillis(250))) {
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
        WorldChoice choice = choose(plan.seedOf(run));
        ClusterStates states = new ClusterStates();
        List<WorldObserver> observers = plan.corpus() == null ? List.of() : List.of(states);
        WorldResult result =
            scenario.run(options.withBranch(choice.branch()), choice.seed(), null, observers);
        add(choice, states, result);
      }
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        failure = e;
      }
    }
  }

  private boolean goesOn(long run) {
    if (run >= plan.runsMax() || (run > 0 && plan.outOfTime().getAsBoolean())) {
      return false;
    }
    synchronized (this) {
      return failure == null && (plan.keepsGoing() || violation == null);
    }
  }

  private synchronized WorldChoice choose(long freshSeed) {
    Corpus corpus = plan.corpus();
    return corpus == null ? new WorldChoice(freshSeed, null) : corpus.choose(freshSeed);
  }

  private synchronized void add(WorldChoice choice, ClusterStates states, WorldResult result) {
    Corpus corpus = plan.corpus();
    if (corpus != null) {
      corpus.add(choice, states.firstSeen());
    }
    tally.add(result, plan.replayLine().of(choice, result));
    boolean first = violation == null || result.seed() < violation.seed();
    if (result.violation() != null && first) {
      violation = result;
    }
  }

  /// What the worlds so far add up to; only to be read once the campaign is over.
  public CampaignTally tally() {
    return tally;
  }

  /// How many worlds have been run so far.
  public synchronized long worldCount() {
    return tally.worldCount();
  }

  /// How much time has passed in them.
  public synchronized double simulatedSeconds() {
    return tally.simulatedSeconds();
  }

  /// The violation of the smallest seed, if any was found.
  public synchronized @Nullable WorldResult violation() {
    return violation;
  }
}
