package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.LinkedHashMap;
import java.util.Map;

/// **State Machine Safety**: if a node has applied an entry at an index, no other node will ever
/// apply a different one there (Raft, figure 3, §5.4.3); and a node applies its entries in order,
/// without a gap, none twice within an incarnation; a snapshot takes the place of entries that were
/// applied elsewhere, and never takes a node back. A node may die after its store has taken an
/// entry and before it has told of it: then its next start says so, and a snapshot may hold it.
final class StateMachineSafety implements ClusterEvents {
  private record Applied(long term, long hash) {}

  private final Report report;
  private final Map<Long, Applied> applied = new LinkedHashMap<>();
  private final Map<Integer, Long> lastIndex = new LinkedHashMap<>();

  /// How far a store was that a node has started with.
  private long startedIndex;

  StateMachineSafety(Report report) {
    this.report = report;
  }

  @Override
  public void onStarted(int node, long term, long last, long appliedIndex) {
    lastIndex.put(node, appliedIndex);
    startedIndex = Math.max(startedIndex, appliedIndex);
  }

  @Override
  public void onInstalled(int node, long index, long term) {
    Long before = lastIndex.put(node, index);
    Applied replaced = applied.get(index);
    boolean isFitting = replaced == null ? index <= startedIndex : replaced.term() == term;
    if (before == null || index <= before || !isFitting) {
      report.broken(
          "StateMachineSafety",
          "n"
              + node
              + " took a snapshot at entry "
              + index
              + " of term "
              + term
              + " after entry "
              + before
              + "; applied there was "
              + (replaced == null ? "nothing" : "term " + replaced.term()));
    }
  }

  @Override
  public void onApplied(int node, long index, long term, long hash) {
    Long before = lastIndex.put(node, index);
    if (before == null || index != before + 1) {
      report.broken(
          "StateMachineSafety", "n" + node + " applied entry " + index + " after entry " + before);
    }
    Applied mine = new Applied(term, hash);
    Applied other = applied.putIfAbsent(index, mine);
    if (other != null && !other.equals(mine)) {
      report.broken(
          "StateMachineSafety",
          "n"
              + node
              + " applied another entry at index "
              + index
              + " (term "
              + term
              + ") than was applied before (term "
              + other.term()
              + ")");
    }
  }
}
