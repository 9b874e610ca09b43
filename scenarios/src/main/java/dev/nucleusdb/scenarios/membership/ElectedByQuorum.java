package dev.nucleusdb.scenarios.membership;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.Stores;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// **Elected by Quorum**: whoever leads was given the votes of a quorum of the configuration that
/// its log names last: of voters alone, and of both halves while it is joint (Raft thesis, §4.3,
/// §4.2.1); and of voters that have the disk by which that configuration knows them (KIP-853).
/// Votes count when they leave their voter, which is before they can arrive.
final class ElectedByQuorum implements ClusterEvents {
  private record Candidacy(long term, long candidate) {}

  private final Configurations configurations;
  private final Report report;
  private int leader;
  private final Map<Candidacy, Map<Integer, Long>> votes = new LinkedHashMap<>();
  private final Map<Integer, Long> stores = new LinkedHashMap<>();

  ElectedByQuorum(Configurations configurations, Report report) {
    this.configurations = configurations;
    this.report = report;
  }

  @Override
  public void onStore(int node, long storeId) {
    stores.put(node, storeId);
  }

  @Override
  public void onVoteSent(int node, long term, long candidate) {
    votes
        .computeIfAbsent(new Candidacy(term, candidate), key -> new TreeMap<>())
        .put(node, stores.getOrDefault(node, Stores.UNKNOWN));
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
    Map<Integer, Long> granted =
        new TreeMap<>(votes.getOrDefault(new Candidacy(term, node), Collections.emptyMap()));
    granted.put(node, stores.getOrDefault(node, Stores.UNKNOWN));
    Configurations.Named by = configurations.last(node);
    Configuration configuration = by.configuration();
    granted.entrySet().removeIf(vote -> !isKnown(by, vote.getKey(), vote.getValue()));
    if (!Configurations.isQuorum(configuration, granted::containsKey)) {
      report.broken(
          "ElectedByQuorum",
          "n"
              + node
              + " leads term "
              + term
              + " by the votes of "
              + granted.keySet()
              + ", which are no quorum of "
              + configuration);
    }
  }

  private static boolean isKnown(Configurations.Named by, int voter, long storeId) {
    long bound = by.stores().of(new NodeId(voter));
    return bound == Stores.UNKNOWN || bound == storeId;
  }
}
