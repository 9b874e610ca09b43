package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.LinkedHashMap;
import java.util.Map;

/// **Log Matching**: if two logs hold an entry of the same index and term, the logs are identical
/// up to it (Raft, figure 3, §5.3). Looked at when an entry is put into a log: entries of one index
/// and term must carry the same command and stand behind an entry of the same term, which by
/// induction is the whole property at a constant cost.
final class LogMatching implements ClusterEvents {
  private record Place(long index, long term) {}

  private final Report report;
  private final Map<Place, Long> hashes = new LinkedHashMap<>();

  LogMatching(Report report) {
    this.report = report;
  }

  @Override
  public void onAppended(int node, long index, long term, long hash) {
    Long other = hashes.putIfAbsent(new Place(index, term), hash);
    if (other != null && other != hash) {
      report.broken(
          "LogMatching",
          "entry " + index + " of term " + term + " differs on n" + node + " from another log's");
    }
  }
}
