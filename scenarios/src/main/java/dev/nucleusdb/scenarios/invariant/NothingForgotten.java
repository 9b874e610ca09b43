package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.LinkedHashMap;
import java.util.Map;

/// **Nothing Forgotten**: a node that starts again knows every term in which it has voted, and its
/// store is not behind what it was told to be durable; unless its disk was replaced. Its log is
/// looked at by [LeaderCompleteness] and [DurableAcknowledgements].
final class NothingForgotten implements ClusterEvents {
  private final Report report;
  private final Map<Integer, Long> votedTerm = new LinkedHashMap<>();
  private final Map<Integer, Long> durableIndex = new LinkedHashMap<>();
  private final Map<Integer, Long> stores = new LinkedHashMap<>();

  NothingForgotten(Report report) {
    this.report = report;
  }

  @Override
  public void onStore(int node, long storeId) {
    Long before = stores.put(node, storeId);
    if (before != null && before != storeId) {
      votedTerm.remove(node);
      durableIndex.remove(node);
    }
  }

  @Override
  public void onVoteSent(int node, long term, long candidate) {
    votedTerm.merge(node, term, Math::max);
  }

  @Override
  public void onStoreDurable(int node, long index) {
    durableIndex.merge(node, index, Math::max);
  }

  @Override
  public void onInstalled(int node, long index, long term) {
    durableIndex.merge(node, index, Math::max);
  }

  @Override
  public void onStarted(int node, long term, long lastIndex, long appliedIndex) {
    long voted = votedTerm.getOrDefault(node, 0L);
    if (term < voted) {
      report.broken(
          "NothingForgotten", "n" + node + " voted in term " + voted + " and starts in " + term);
    }
    long durable = durableIndex.getOrDefault(node, 0L);
    if (appliedIndex < durable) {
      report.broken(
          "NothingForgotten",
          "the store of n"
              + node
              + " was durable to entry "
              + durable
              + " and starts at entry "
              + appliedIndex);
    }
  }
}
