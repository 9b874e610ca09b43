package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.Optional;

/// Cycles of any shape over edges of some kinds.
public final class GraphCycles {
  private static final VersionOrders NO_VERSIONS =
      new VersionOrders(new int[0], new int[0], new int[0], new int[0]);

  private GraphCycles() {}

  /// A shortest cycle, or empty if there is none.
  public static Optional<Finding> shortest(
      TransactionHistory history, DependencyGraph graph, int kinds, EdgeReasons reasons) {
    int[] onCycles = Components.of(graph, kinds).onCycles();
    if (onCycles.length == 0) {
      return Optional.empty();
    }
    DependencyGraph suspects = graph.induced(onCycles);
    CounterexampleSearch search = new CounterexampleSearch(history, suspects, NO_VERSIONS, reasons);
    return Optional.of(search.shortestCycle(Components.of(suspects, kinds), kinds));
  }

  /// An order of all members that edges of some kinds agree with, if they have no cycle.
  public static int[] order(DependencyGraph graph, int kinds) {
    return SerialOrder.of(graph, kinds);
  }

  /// Whether an edge of a graph leads from one node to another.
  public static boolean leads(DependencyGraph graph, int kinds, int from, int to) {
    for (int edge = graph.firstEdge(from); edge < graph.endEdge(from); edge++) {
      if (graph.isOf(edge, kinds) && graph.target(edge) == to) {
        return true;
      }
    }
    return false;
  }
}
