package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.ArrayList;
import java.util.List;

/// **Leader Completeness**: an entry that was committed in a term is in the logs of the leaders of
/// all later terms (Raft, figure 3, §5.4). Keyed on the term in which it was *committed*, which is
/// not the entry's own: a leader may commit older entries with one of its own term. We take the
/// term of the node that first applied it, which is not below the term of the commit, so that a
/// late leader of an older term raises no false alarm.
final class LeaderCompleteness implements ClusterEvents {
  private record Committed(long index, long entryTerm, long commitTerm) {}

  private final ClusterView cluster;
  private final Report report;
  private final List<Committed> committed = new ArrayList<>();

  LeaderCompleteness(ClusterView cluster, Report report) {
    this.cluster = cluster;
    this.report = report;
  }

  @Override
  public void onApplied(int node, long index, long term, long hash) {
    ReplicatedLog.Status status = cluster.status(node);
    if (status != null && index == committed.size() + 1) {
      committed.add(new Committed(index, term, status.term()));
    }
  }

  @Override
  public void onLeader(int node, long term) {
    RaftLog log = cluster.log(node);
    if (log == null) {
      return;
    }
    for (int i = (int) Math.min(log.baseIndex(), committed.size()); i < committed.size(); i++) {
      Committed entry = committed.get(i);
      if (entry.commitTerm() < term && !log.matches(entry.index(), entry.entryTerm())) {
        report.broken(
            "LeaderCompleteness",
            "n"
                + node
                + " leads term "
                + term
                + " without entry "
                + entry.index()
                + " of term "
                + entry.entryTerm()
                + ", which was committed by term "
                + entry.commitTerm());
        return;
      }
    }
  }
}
