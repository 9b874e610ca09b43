package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.transaction.IntList;
import java.util.Arrays;

/// Strongly connected components (Tarjan 1972) over edges of some kinds, without recursion.
///
/// ```
///   nodes of the search:   0 .. n-1      transactions
///                          n .. n+m-1    returns in the order of time
///   transaction ──► its return ──► the next return
///                       └────────► what was invoked after it, and not after the next one
/// ```
final class Components {
  private static final int UNSEEN = -1;

  /// What a node or a return takes: its numbers, and its places on the stacks.
  private static final long BYTES_OF_NODE = 32;

  private final DependencyGraph graph;
  private final int kinds;
  private final int count;
  private final int[] returnOf;
  private final int[] afterReturn;
  private final int[] index;
  private final int[] low;
  private final int[] cursor;
  private final boolean[] onStack;
  private final IntList stack = new IntList();
  private final IntList path = new IntList();
  private final int[] componentOf;
  private final IntList sizes = new IntList();
  private int nextIndex;

  private Components(DependencyGraph graph, int kinds) {
    this.graph = graph;
    this.kinds = kinds;
    this.count = graph.size();
    boolean inRealTime = (kinds & EdgeKind.REAL_TIME.bit()) != 0;
    int returns = inRealTime ? graph.byReturn().length : 0;
    graph.patience().take(BYTES_OF_NODE * (count + returns));
    this.returnOf = new int[count];
    this.afterReturn = new int[returns + 1];
    this.index = new int[count + returns];
    this.low = new int[count + returns];
    this.cursor = new int[count + returns];
    this.onStack = new boolean[count + returns];
    this.componentOf = new int[count];
    Arrays.fill(returnOf, UNSEEN);
    Arrays.fill(index, UNSEEN);
    for (int rank = 0; rank < returns; rank++) {
      int node = graph.byReturn()[rank];
      returnOf[node] = count + rank;
      afterReturn[rank] = graph.firstInvokedAfter(graph.returnTime(node));
    }
    afterReturn[returns] = count;
  }

  /// The components of a graph.
  static Components of(DependencyGraph graph, int kinds) {
    Components components = new Components(graph, kinds);
    for (int node = 0; node < components.count; node++) {
      if (graph.isMember(node) && components.index[node] == UNSEEN) {
        components.visitFrom(node);
      }
    }
    return components;
  }

  /// Whether a node lies on a cycle.
  boolean isOnCycle(int node) {
    return graph.isMember(node) && sizes.get(componentOf[node]) > 1;
  }

  /// Whether two nodes lie on one cycle or are the same.
  boolean areTogether(int node, int other) {
    return componentOf[node] == componentOf[other];
  }

  /// How many transactions are in the component of a node.
  int sizeAround(int node) {
    return sizes.get(componentOf[node]);
  }

  /// The nodes that lie on cycles, ascending.
  int[] onCycles() {
    IntList nodes = new IntList();
    for (int node = 0; node < count; node++) {
      if (isOnCycle(node)) {
        nodes.add(node);
      }
    }
    return nodes.toArray();
  }

  private void visitFrom(int root) {
    enter(root);
    while (path.size() > 0) {
      int node = path.get(path.size() - 1);
      int next = nextUnfinished(node);
      if (next == UNSEEN) {
        path.removeLast();
        leave(node);
        if (path.size() > 0) {
          int parent = path.get(path.size() - 1);
          low[parent] = Math.min(low[parent], low[node]);
        }
      } else {
        enter(next);
      }
    }
  }

  private void enter(int node) {
    graph.patience().spend(1);
    index[node] = nextIndex;
    low[node] = nextIndex++;
    cursor[node] = node < count ? graph.firstEdge(node) : afterReturn[node - count];
    stack.add(node);
    onStack[node] = true;
    path.add(node);
  }

  /// The next successor that nobody has seen; of those that are on the stack the index is taken
  /// note of on the way. -1 at the end.
  private int nextUnfinished(int node) {
    int end = node < count ? graph.endEdge(node) : afterReturn[node - count + 1];
    while (cursor[node] <= end) {
      int successor = successor(node, cursor[node]++, end);
      if (successor == UNSEEN) {
        continue;
      }
      if (index[successor] == UNSEEN) {
        return successor;
      }
      if (onStack[successor]) {
        low[node] = Math.min(low[node], index[successor]);
      }
    }
    return UNSEEN;
  }

  /// What an edge leads to; the place after the last edge is the step along the line of returns.
  private int successor(int node, int place, int end) {
    if (node < count) {
      if (place == end) {
        return returnOf[node];
      }
      return graph.isOf(place, kinds) ? graph.target(place) : UNSEEN;
    }
    if (place == end) {
      return node + 1 < index.length ? node + 1 : UNSEEN;
    }
    return graph.isMember(place) ? place : UNSEEN;
  }

  private void leave(int node) {
    if (low[node] != index[node]) {
      return;
    }
    int size = 0;
    int member;
    do {
      member = stack.removeLast();
      onStack[member] = false;
      if (member < count) {
        componentOf[member] = sizes.size();
        size++;
      }
    } while (member != node);
    sizes.add(size);
  }
}
