package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.search.FailureClass;
import dev.nucleusdb.scenarios.workload.OperationCounts;
import dev.nucleusdb.sim.fault.FaultCounts;
import dev.nucleusdb.sim.trace.Violation;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What many worlds add up to. The sum does not depend on the order in which they came, nor on
/// which machine ran which: tallies of the shards of a campaign add up to the tally of the whole.
public final class CampaignTally {
  /// Failures that are likely to have one cause.
  ///
  /// @param count how many worlds failed so
  /// @param seed the smallest seed among them
  /// @param detail what was broken in that world
  /// @param replay the command that runs it again
  public record Failure(long count, long seed, String detail, String replay) {
    Failure plus(Failure other) {
      Failure first = other.seed < seed ? other : this;
      return new Failure(count + other.count, first.seed, first.detail, first.replay);
    }
  }

  private final FaultCounts faults = new FaultCounts();
  private final Map<String, Failure> failures = new TreeMap<>();
  private final Map<String, Long> marks = new TreeMap<>();
  private final Set<Long> states = new TreeSet<>();
  private long worldCount;
  private long branchCount;
  private long eventCount;
  private long simulatedMillis;
  private long undecidedCount;
  private long digest;
  private OperationCounts operations = OperationCounts.NONE;

  /// One more world.
  void add(WorldResult result, String replay) {
    worldCount++;
    branchCount += result.plan().header().containsKey("branch-at") ? 1 : 0;
    eventCount += result.eventCount();
    simulatedMillis += result.simulated().toMillis();
    undecidedCount += result.undecided() ? 1 : 0;
    operations = operations.plus(result.operations());
    faults.add(result.faults());
    digest ^= SplitMix.mix(result.digest() + SplitMix.mix(result.seed()));
    Violation violation = result.violation();
    if (violation != null) {
      Failure failure =
          new Failure(1, result.seed(), violation.toString().replace('\n', ' '), replay);
      failures.merge(FailureClass.of(violation).toString(), failure, Failure::plus);
    }
  }

  /// All of another tally.
  void add(CampaignTally other) {
    addSums(
        other.worldCount,
        other.branchCount,
        other.eventCount,
        other.simulatedMillis,
        other.undecidedCount,
        other.digest);
    operations = operations.plus(other.operations);
    faults.add(other.faults);
    other.failures.forEach((name, failure) -> failures.merge(name, failure, Failure::plus));
    addMarks(other.marks);
    states.addAll(other.states);
  }

  /// Sums of worlds that were run elsewhere.
  void addSums(long worlds, long branches, long events, long millis, long undecided, long fold) {
    worldCount += worlds;
    branchCount += branches;
    eventCount += events;
    simulatedMillis += millis;
    undecidedCount += undecided;
    digest ^= fold;
  }

  void addOperations(OperationCounts more) {
    operations = operations.plus(more);
  }

  void addFailure(String name, Failure failure) {
    failures.merge(name, failure, Failure::plus);
  }

  /// How often rare states were reached.
  void addMarks(Map<String, Long> more) {
    more.forEach((name, count) -> marks.merge(name, count, Long::sum));
  }

  void addStates(Set<Long> more) {
    states.addAll(more);
  }

  long worldCount() {
    return worldCount;
  }

  /// How many of the worlds left the course of their seed.
  long branchCount() {
    return branchCount;
  }

  /// How many events there were.
  long eventCount() {
    return eventCount;
  }

  long simulatedMillis() {
    return simulatedMillis;
  }

  /// How much time has passed in all worlds.
  double simulatedSeconds() {
    return simulatedMillis / 1000.0;
  }

  /// How many histories the judge gave up on.
  long undecidedCount() {
    return undecidedCount;
  }

  /// The fingerprint of all worlds together, whatever their order.
  long digest() {
    return digest;
  }

  /// What the clients saw.
  OperationCounts operations() {
    return operations;
  }

  /// What struck.
  FaultCounts faults() {
    return faults;
  }

  /// Failures by class, in the order of the classes' names.
  Map<String, Failure> failures() {
    return Collections.unmodifiableMap(failures);
  }

  Map<String, Long> marks() {
    return Collections.unmodifiableMap(marks);
  }

  Set<Long> states() {
    return Collections.unmodifiableSet(states);
  }
}
