package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.transaction.IntList;
import java.util.Arrays;

/// Answers, for many nodes at a time, whether a node can be reached from any of some others, in a
/// graph without cycles: 64 questions are carried through its order as the bits of one long.
final class Reachability {
  /// No node can be reached.
  static final int NOBODY = -1;

  private static final int AT_A_TIME = Long.SIZE;

  private final DependencyGraph graph;
  private final int kinds;
  private final int[] order;
  private final boolean inRealTime;

  /// How many returns lie before the invocation of each node.
  private final int[] returnsBefore;

  private final long[] reached;
  private final long[] started;

  /// By return, what can be reached from it or an earlier one.
  private final long[] reachedByReturns;

  /// @param kinds kinds of edges that have no cycles
  Reachability(DependencyGraph graph, int kinds) {
    this.graph = graph;
    this.kinds = kinds;
    this.order = SerialOrder.of(graph, kinds);
    this.inRealTime = (kinds & EdgeKind.REAL_TIME.bit()) != 0;
    graph.patience().take(28L * graph.size() + Long.BYTES * (long) graph.byReturn().length);
    this.reached = new long[graph.size()];
    this.started = new long[graph.size()];
    this.reachedByReturns = new long[graph.byReturn().length + 1];
    this.returnsBefore = new int[graph.size()];
    int rank = 0;
    for (int node = 0; node < graph.size(); node++) {
      while (rank < graph.byReturn().length
          && graph.returnTime(graph.byReturn()[rank]) < graph.invokeTime(node)) {
        rank++;
      }
      returnsBefore[node] = rank;
    }
  }

  /// Where the paths to a node begin.
  interface Starts {
    void of(int node, IntList starts);
  }

  /// The first of some nodes that can be reached from one of its own starts by at least one edge,
  /// or -1 if none can.
  int firstReached(int[] nodes, Starts starts) {
    IntList of = new IntList();
    for (int from = 0; from < nodes.length; from += AT_A_TIME) {
      graph.patience().requireTime();
      int end = Math.min(nodes.length, from + AT_A_TIME);
      Arrays.fill(reached, 0);
      Arrays.fill(started, 0);
      for (int place = from; place < end; place++) {
        of.clear();
        starts.of(nodes[place], of);
        for (int start = 0; start < of.size(); start++) {
          started[of.get(start)] |= 1L << (place - from);
        }
      }
      carry();
      for (int place = from; place < end; place++) {
        if ((reached[nodes[place]] >>> (place - from) & 1) != 0) {
          return nodes[place];
        }
      }
    }
    return NOBODY;
  }

  /// Carries the 64 nodes from one on.
  void from(int first) {
    Arrays.fill(reached, 0);
    Arrays.fill(started, 0);
    int end = Math.min(graph.size(), first + AT_A_TIME);
    for (int node = first; node < end; node++) {
      started[node] = graph.isMember(node) ? 1L << (node - first) : 0;
    }
    carry();
  }

  /// By bit, from which of them a node was reached.
  long reached(int node) {
    return reached[node];
  }

  private void carry() {
    int returnsKnown = 0;
    for (int node : order) {
      if (inRealTime) {
        while (returnsKnown < returnsBefore[node]) {
          int earlier = graph.byReturn()[returnsKnown];
          reachedByReturns[returnsKnown + 1] =
              reachedByReturns[returnsKnown] | reached[earlier] | started[earlier];
          returnsKnown++;
        }
        reached[node] |= reachedByReturns[returnsBefore[node]];
      }
      long onward = reached[node] | started[node];
      if (onward != 0) {
        for (int edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
          if (graph.isOf(edge, kinds)) {
            reached[graph.target(edge)] |= onward;
          }
        }
      }
    }
  }
}
