package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.LinkedHashMap;
import java.util.Map;

/// **Election Safety**: at most one leader can be elected in a given term (Raft, figure 3, §5.2).
final class ElectionSafety implements ClusterEvents {
  private final Report report;
  private final Map<Long, Integer> leaders = new LinkedHashMap<>();

  ElectionSafety(Report report) {
    this.report = report;
  }

  @Override
  public void onLeader(int node, long term) {
    Integer other = leaders.putIfAbsent(term, node);
    if (other != null && other != node) {
      report.broken("ElectionSafety", "n" + other + " and n" + node + " both led term " + term);
    }
  }
}
