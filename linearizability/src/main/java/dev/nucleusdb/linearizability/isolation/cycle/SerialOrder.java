package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import java.util.Arrays;

/// Puts nodes in an order that all edges of some kinds agree with (Kahn 1962), as far as there is
/// one: what lies on a cycle or behind one is left over.
final class SerialOrder {
  private static final int TAKEN = -1;

  private final DependencyGraph graph;
  private final int kinds;
  private final boolean inRealTime;
  private final int[] waitsFor;
  private final int[] order;
  private int found;
  private int done;

  /// Nodes below this number wait for no return any more.
  private int released;

  /// How many of the returns, in their order, are of nodes that are done.
  private int returnsDone;

  private SerialOrder(DependencyGraph graph, int kinds) {
    this.graph = graph;
    this.kinds = kinds;
    this.inRealTime = (kinds & EdgeKind.REAL_TIME.bit()) != 0;
    graph.patience().take(2L * Integer.BYTES * graph.size());
    this.waitsFor = new int[graph.size()];
    this.order = new int[graph.size()];
  }

  /// The order of as many members as possible; each comes after all that lead to it.
  static int[] of(DependencyGraph graph, int kinds) {
    return new SerialOrder(graph, kinds).run();
  }

  private int[] run() {
    countWaiting();
    release();
    while (done < found) {
      int node = order[done++];
      waitsFor[node] = TAKEN;
      graph.patience().spend(1 + graph.endEdge(node) - graph.firstEdge(node));
      for (int edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
        if (graph.isOf(edge, kinds)) {
          int target = graph.target(edge);
          if (--waitsFor[target] == 0 && target < released) {
            order[found++] = target;
          }
        }
      }
      if (inRealTime) {
        release();
      }
    }
    return Arrays.copyOf(order, found);
  }

  private void countWaiting() {
    for (int node = 0; node < graph.size(); node++) {
      for (int edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
        if (graph.isOf(edge, kinds)) {
          waitsFor[graph.target(edge)]++;
        }
      }
    }
  }

  private void release() {
    int[] byReturn = graph.byReturn();
    while (returnsDone < byReturn.length && waitsFor[byReturn[returnsDone]] == TAKEN) {
      returnsDone++;
    }
    boolean free = !inRealTime || returnsDone == byReturn.length;
    long firstReturn = free ? Long.MAX_VALUE : graph.returnTime(byReturn[returnsDone]);
    while (released < graph.size() && (free || graph.invokeTime(released) <= firstReturn)) {
      if (waitsFor[released] == 0 && graph.isMember(released)) {
        order[found++] = released;
      }
      released++;
    }
  }
}
