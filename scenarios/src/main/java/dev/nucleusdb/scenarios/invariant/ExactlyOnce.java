package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.LinkedHashMap;
import java.util.Map;

/// **Exactly Once**: an operation of a client's session takes effect at one place of the log and at
/// no other, however often it was sent (Raft thesis, §6.3).
final class ExactlyOnce implements ClusterEvents {
  private record Operation(long session, long sequence) {}

  private final Report report;
  private final Map<Operation, Long> effects = new LinkedHashMap<>();

  ExactlyOnce(Report report) {
    this.report = report;
  }

  @Override
  public void onExecuted(int node, long index, long session, long sequence) {
    Long other = effects.putIfAbsent(new Operation(session, sequence), index);
    if (other != null && other != index) {
      report.broken(
          "ExactlyOnce",
          "operation "
              + sequence
              + " of session "
              + session
              + " took effect at entry "
              + other
              + " and at entry "
              + index
              + " on n"
              + node);
    }
  }
}
