package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.LinkedHashMap;
import java.util.Map;

/// **Snapshots Suffice**: who has got a snapshot goes on with entries; it does not need the next
/// one, and the next, because the log was cut behind each (hashicorp/raft 697). A few in a row may
/// be bad luck: a follower that falls silent after each is not waited for.
final class SnapshotsSuffice implements ClusterEvents {
  private static final int IN_A_ROW_MAX = 5;

  private final Report report;
  private final Map<Integer, Integer> inARow = new LinkedHashMap<>();

  SnapshotsSuffice(Report report) {
    this.report = report;
  }

  @Override
  public void onInstalled(int node, long index, long term) {
    int count = inARow.merge(node, 1, Integer::sum);
    if (count > IN_A_ROW_MAX) {
      report.broken(
          "SnapshotsSuffice",
          "n"
              + node
              + " has got "
              + count
              + " snapshots in a row and no entry between them, the last at entry "
              + index);
    }
  }

  @Override
  public void onAppended(int node, long index, long term, long hash) {
    inARow.remove(node);
  }

  @Override
  public void onDown(int node) {
    inARow.remove(node);
  }
}
