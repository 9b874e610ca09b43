package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.EdgeKind;

/// Whether there is a cycle in which no two anti-dependencies are adjacent, which is what snapshot
/// isolation forbids (Cerone and Gotsman 2018): a cycle in the graph of pairs of a node and whether
/// it was just reached by an anti-dependency.
///
/// The pairs are put in order as far as possible; some are left over if and only if there is such a
/// cycle.
final class SeparatedCycles {
  private final DependencyGraph graph;
  private final int kinds;

  private SeparatedCycles(DependencyGraph graph, int kinds) {
    this.graph = graph;
    this.kinds = kinds;
  }

  static boolean exist(DependencyGraph graph, int kinds) {
    int memberCount = 0;
    for (int node = 0; node < graph.size(); node++) {
      memberCount += graph.isMember(node) ? 1 : 0;
    }
    return pairs(graph, kinds).length < 2 * memberCount;
  }

  /// As many pairs as can be put in order; the pairs of a node `n` are `2 n` and `2 n + 1`.
  static int[] pairs(DependencyGraph graph, int kinds) {
    return new SeparatedCycles(graph, kinds).pairs();
  }

  private int[] pairs() {
    int count = graph.size();
    EdgeCollector collector = new EdgeCollector(graph.patience());
    for (int node = 0; node < count; node++) {
      for (int edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
        if (!graph.isOf(edge, kinds)) {
          continue;
        }
        boolean anti = graph.kind(edge).isAntiDependency();
        int target = 2 * graph.target(edge) + (anti ? 1 : 0);
        collector.add(2 * node, target, EdgeKind.WW);
        if (!anti) {
          collector.add(2 * node + 1, target, EdgeKind.WW);
        }
      }
    }
    boolean inRealTime = (kinds & EdgeKind.REAL_TIME.bit()) != 0;
    DependencyGraph pairs = graph.doubled(collector);
    return SerialOrder.of(pairs, EdgeKind.WW.bit() | (inRealTime ? EdgeKind.REAL_TIME.bit() : 0));
  }
}
