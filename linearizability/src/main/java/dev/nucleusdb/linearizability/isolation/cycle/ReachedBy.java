package dev.nucleusdb.linearizability.isolation.cycle;

import java.util.Arrays;

/// Which of 64 nodes a node can be reached from, for all nodes of a graph without cycles.
public final class ReachedBy {
  private final DependencyGraph graph;
  private final int direct;
  private final Reachability reachability;
  private final long[] directly;

  /// @param through kinds of edges that paths go over; they have no cycles
  /// @param direct kinds of which a single edge counts as well
  public ReachedBy(DependencyGraph graph, int through, int direct) {
    this.graph = graph;
    this.direct = direct;
    this.reachability = new Reachability(graph, through);
    graph.patience().take(Long.BYTES * (long) graph.size());
    this.directly = new long[graph.size()];
  }

  /// Begins with the 64 nodes from one on.
  public void from(int first) {
    reachability.from(first);
    Arrays.fill(directly, 0);
    int end = Math.min(graph.size(), first + Long.SIZE);
    for (int node = first; node < end; node++) {
      for (int edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
        if (graph.isOf(edge, direct)) {
          directly[graph.target(edge)] |= 1L << (node - first);
        }
      }
    }
  }

  /// Bit `i` is set if the node can be reached from the first one plus `i`.
  public long by(int node) {
    return reachability.reached(node) | directly[node];
  }
}
