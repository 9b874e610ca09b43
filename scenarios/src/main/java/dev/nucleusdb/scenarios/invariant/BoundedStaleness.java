package dev.nucleusdb.scenarios.invariant;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.Map;
import java.util.TreeMap;

/// **Bounded Staleness**: a read that says that its state is not older than so much, in true time,
/// is served from a state that holds all that was acknowledged before then, by any node. Judged by
/// indices: a state that has applied the highest of them has applied all.
final class BoundedStaleness implements ClusterEvents {
  private final Report report;

  /// The highest index that was acknowledged by a moment, in true time.
  private final TreeMap<Long, Long> acknowledged = new TreeMap<>();

  private long highest;

  BoundedStaleness(Report report) {
    this.report = report;
  }

  @Override
  public void onAcknowledged(int node, long index, long atNanos) {
    if (index > highest) {
      highest = index;
      acknowledged.put(atNanos, index);
    }
  }

  @Override
  public void onStaleRead(int node, long appliedIndex, long stalenessNanos, long atNanos) {
    sometimes("a stale read misses what was acknowledged", appliedIndex < highest);
    Map.Entry<Long, Long> before = acknowledged.lowerEntry(atNanos - stalenessNanos);
    if (before != null && before.getValue() > appliedIndex) {
      report.broken(
          "BoundedStaleness",
          "n"
              + node
              + " has applied "
              + appliedIndex
              + " and says that it misses nothing from before "
              + stalenessNanos
              + " ns ago, but entry "
              + before.getValue()
              + " was acknowledged "
              + (atNanos - before.getKey())
              + " ns ago");
    }
  }
}
