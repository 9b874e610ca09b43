package dev.nucleusdb.scenarios.membership;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// **Overlapping Quorums**: any quorum of a configuration shares a member with any quorum of the
/// one that its log names next, since both can be in force at once, at different nodes (Raft
/// thesis, §4.1 and §4.3). Looked at when a configuration is put into a log, against the one before
/// it there; all subsets of the members are tried, which is few enough for clusters of up to nine.
final class OverlappingQuorums implements ClusterEvents {
  private final Configurations configurations;
  private final Report report;

  OverlappingQuorums(Configurations configurations, Report report) {
    this.configurations = configurations;
    this.report = report;
  }

  @Override
  public void onAppended(int node, long index, long term, long hash) {
    Configurations.Named named = configurations.named(node, index);
    if (named == null) {
      return;
    }
    Configuration before = configurations.at(node, index - 1).configuration();
    if (!overlap(before, named.configuration())) {
      report.broken(
          "OverlappingQuorums",
          "n"
              + node
              + " goes from "
              + before
              + " to "
              + named.configuration()
              + " at entry "
              + index
              + ": two quorums share nobody");
    }
  }

  /// If two quorums share nobody, one and all who are not in it do not either.
  static boolean overlap(Configuration first, Configuration second) {
    TreeSet<NodeId> union = new TreeSet<>(first.voters());
    union.addAll(second.voters());
    List<NodeId> all = new ArrayList<>(union);
    for (int set = 0; set < 1 << all.size(); set++) {
      int chosen = set;
      boolean disjoint =
          Configurations.isQuorum(first, id -> isIn(chosen, all, id))
              && Configurations.isQuorum(second, id -> !isIn(chosen, all, id));
      if (disjoint) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIn(int set, List<NodeId> all, int id) {
    int place = all.indexOf(new NodeId(id));
    return place >= 0 && (set & 1 << place) != 0;
  }
}
