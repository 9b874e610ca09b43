package dev.nucleusdb.scenarios;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.scenarios.workload.OperationCounts;
import dev.nucleusdb.scenarios.workload.OperationLog;
import dev.nucleusdb.sim.fault.FaultCounts;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Violation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of one world.
///
/// @param seed where it came from
/// @param violation the property that was broken, or null
/// @param evidence more lines on the violation, such as the smallest offending part of the history;
///   may be empty
/// @param digest the fingerprint of all that happened
/// @param eventCount how many events there were
/// @param simulated how much time passed in it
/// @param operations what the clients saw
/// @param faults what struck
/// @param plan every fault by name
/// @param log every operation
/// @param undecided whether the judge gave up on the history
/// @param counterexample the few operations that no order explains, if the history was judged and
///   found wrong; their processes are the numbers of clients, their times true time
public record WorldResult(
    long seed,
    @Nullable Violation violation,
    String evidence,
    long digest,
    long eventCount,
    Duration simulated,
    OperationCounts operations,
    FaultCounts faults,
    Plan plan,
    OperationLog log,
    boolean undecided,
    @Nullable Counterexample counterexample) {

  /// What became of a world whose history was not found wrong.
  public WorldResult(
      long seed,
      @Nullable Violation violation,
      String evidence,
      long digest,
      long eventCount,
      Duration simulated,
      OperationCounts operations,
      FaultCounts faults,
      Plan plan,
      OperationLog log,
      boolean undecided) {
    this(
        seed,
        violation,
        evidence,
        digest,
        eventCount,
        simulated,
        operations,
        faults,
        plan,
        log,
        undecided,
        null);
  }
}
