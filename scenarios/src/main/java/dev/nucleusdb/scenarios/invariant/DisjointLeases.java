package dev.nucleusdb.scenarios.invariant;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.Report;

/// **Disjoint Leases**: in true time, nobody may serve reads alone once a leader of a later term
/// has committed an entry (LeaseGuard, arXiv 2512.15659). A lease, its own or an inherited one, and
/// the reign in which something is committed after it are disjoint: what is acknowledged there
/// would be missing in what is read here.
///
/// Looked at whenever a leader applies an entry of its own term, and whenever somebody is elected:
/// one of the two begins every overlap, but for a leader that applies late because its own disk is
/// slower than those of a majority.
final class DisjointLeases implements ClusterEvents {
  private final ClusterView cluster;
  private final Report report;
  private long committedTerm;
  private int committer;

  DisjointLeases(ClusterView cluster, Report report) {
    this.cluster = cluster;
    this.report = report;
  }

  @Override
  public void onApplied(int node, long index, long term, long hash) {
    ReplicatedLog.Status status = cluster.status(node);
    if (status != null && status.leading() && status.term() == term) {
      if (term > committedTerm) {
        committedTerm = term;
        committer = node;
      }
      look();
    }
  }

  @Override
  public void onLeader(int node, long term) {
    look();
  }

  private void look() {
    int alone = 0;
    for (int node : cluster.nodes()) {
      ReplicatedLog.Status status = cluster.status(node);
      if (status == null || !cluster.readsAlone(node)) {
        continue;
      }
      alone++;
      if (status.term() < committedTerm) {
        report.broken(
            "DisjointLeases",
            "n"
                + node
                + " may serve reads alone in term "
                + status.term()
                + ", and n"
                + committer
                + " has committed an entry of term "
                + committedTerm);
        return;
      }
    }
    sometimes("two leaders may serve reads by one lease", alone > 1);
  }
}
