package dev.nucleusdb.scenarios.membership;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// **Elected by Quorum**: whoever leads was given the votes of a quorum of the configuration that
/// its log names last: of voters alone, and of both halves while it is joint (Raft thesis, §4.3,
/// §4.2.1). Votes count when they leave their voter, which is before they can arrive.
final class ElectedByQuorum implements ClusterEvents {
  private record Candidacy(long term, long candidate) {}

  private final Configurations configurations;
  private final Report report;
  private int leader;
  private final Map<Candidacy, Set<Integer>> votes = new LinkedHashMap<>();

  ElectedByQuorum(Configurations configurations, Report report) {
    this.configurations = configurations;
    this.report = report;
  }

  @Override
  public void onVoteSent(int node, long term, long candidate) {
    votes.computeIfAbsent(new Candidacy(term, candidate), key -> new TreeSet<>()).add(node);
  }

  @Override
  public void onDown(int node) {
    boolean led = leader == node;
    sometimes(
        "a leader dies while its configuration is joint",
        led && configurations.last(node).configuration().isJoint());
    leader = led ? 0 : leader;
  }

  @Override
  public void onLeader(int node, long term) {
    leader = node;
    Set<Integer> granted = votes.getOrDefault(new Candidacy(term, node), new TreeSet<>());
    Configuration configuration = configurations.last(node).configuration();
    if (!Configurations.isQuorum(configuration, id -> id == node || granted.contains(id))) {
      report.broken(
          "ElectedByQuorum",
          "n"
              + node
              + " leads term "
              + term
              + " by its own vote and those of "
              + granted
              + ", which are no quorum of "
              + configuration);
    }
  }
}
