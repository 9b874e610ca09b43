package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.LinkedHashMap;
import java.util.Map;

/// **One Vote per Term**: a node gives its vote to at most one candidate in a term, also across
/// crashes (Raft, §5.2). One that has lost its disk is another node in this. Looked at when a vote
/// leaves, because a vote that was decided on, never left, and was forgotten in a crash has harmed
/// nobody. Who stands has voted for itself, and nobody sees when that leaves: it counts as long as
/// the node has not been down.
final class OneVotePerTerm implements ClusterEvents {
  private record Ballot(int node, long storeId, long term) {}

  private final Report report;
  private final Map<Ballot, Long> votes = new LinkedHashMap<>();
  private final Map<Integer, Long> stores = new LinkedHashMap<>();

  /// In which term a node stood last, since it started.
  private final Map<Integer, Long> stood = new LinkedHashMap<>();

  OneVotePerTerm(Report report) {
    this.report = report;
  }

  @Override
  public void onStore(int node, long storeId) {
    stores.put(node, storeId);
  }

  @Override
  public void onStarted(int node, long term, long lastIndex, long appliedIndex) {
    stood.remove(node);
  }

  @Override
  public void onRole(int node, Role role, long term) {
    if (role == Role.CANDIDATE) {
      stood.put(node, term);
    }
  }

  @Override
  public void onVoteSent(int node, long term, long candidate) {
    if (stood.getOrDefault(node, -1L) == term) {
      report.broken(
          "OneVotePerTerm", "n" + node + " stood in term " + term + " and voted for n" + candidate);
    }
    long storeId = stores.getOrDefault(node, 0L);
    Long other = votes.putIfAbsent(new Ballot(node, storeId, term), candidate);
    if (other != null && other != candidate) {
      report.broken(
          "OneVotePerTerm",
          "n" + node + " voted for n" + other + " and for n" + candidate + " in term " + term);
    }
  }
}
