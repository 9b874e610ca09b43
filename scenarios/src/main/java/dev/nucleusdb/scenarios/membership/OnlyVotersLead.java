package dev.nucleusdb.scenarios.membership;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.Report;

/// **Only Voters Lead**: nobody is elected who has no vote in the configuration that its own log
/// names last, nor, once the removal has committed, in an older one; and a leader that has applied
/// its own removal leads no more (Raft thesis, §4.2.2). A leader of an earlier term than the one
/// that committed the removal may not know of it yet. And who does not know that the entry which
/// removes it is committed may still be needed as a leader (also §4.2.2).
final class OnlyVotersLead implements ClusterEvents {
  private final ClusterView cluster;
  private final Configurations configurations;
  private final Report report;
  private long committedIndex;
  private long commitTerm;

  OnlyVotersLead(ClusterView cluster, Configurations configurations, Report report) {
    this.cluster = cluster;
    this.configurations = configurations;
    this.report = report;
  }

  /// Who campaigns by a configuration that is gone may well be a member no more.
  @Override
  public void onRole(int node, Role role, long term) {
    sometimes(
        "a removed member campaigns",
        role == Role.PRE_CANDIDATE
            && !configurations.lastCommitted().configuration().isVoter(new NodeId(node)));
  }

  @Override
  public void onLeader(int node, long term) {
    NodeId id = new NodeId(node);
    Configurations.Named own = configurations.last(node);
    Configurations.Named committed = configurations.lastCommitted();
    boolean removed =
        commitTerm < term
            && own.index() < committed.index()
            && !committed.configuration().isVoter(id);
    if (removed || (!own.configuration().isVoter(id) && !mayBeNeeded(node, own))) {
      Configurations.Named by = removed ? committed : own;
      report.broken(
          "OnlyVotersLead",
          "n" + node + " leads term " + term + " without a vote in " + by.configuration());
    }
  }

  private boolean mayBeNeeded(int node, Configurations.Named own) {
    ReplicatedLog.Status status = cluster.status(node);
    return status != null
        && status.commitIndex() < own.index()
        && configurations.at(node, status.commitIndex()).configuration().isVoter(new NodeId(node));
  }

  @Override
  public void onApplied(int node, long index, long term, long hash) {
    ReplicatedLog.Status status = cluster.status(node);
    if (status == null) {
      return;
    }
    long latest = configurations.lastCommitted().index();
    if (latest > committedIndex) {
      committedIndex = latest;
      commitTerm = status.term();
    }
    NodeId id = new NodeId(node);
    boolean gone =
        configurations.from(node, index).stream()
            .noneMatch(named -> named.configuration().isVoter(id));
    if (status.leading() && gone) {
      report.broken(
          "OnlyVotersLead",
          "n" + node + " has applied entry " + index + ", has no vote any more, and leads on");
    }
  }
}
