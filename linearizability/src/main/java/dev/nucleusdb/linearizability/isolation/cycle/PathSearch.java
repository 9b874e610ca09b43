package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.transaction.IntList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds shortest paths inside a strongly connected component, breadth first.
///
/// A state is a node, and whether the last edge was an anti-dependency, which matters only where no
/// two of them may be adjacent. Real time costs nothing to keep: what it leads to is a suffix of
/// all nodes, so one number tells how much of it has been reached.
final class PathSearch {
  /// A path: its nodes from start to goal, and the kinds of the edges between them.
  record Path(List<Integer> nodes, List<EdgeKind> kinds) {}

  private static final int NO_PARENT = -1;

  /// What a state takes, its place in the queue included.
  private static final long BYTES_OF_STATE = 17;

  private final DependencyGraph graph;
  private final Components within;
  private final int kinds;
  private final boolean apart;
  private final boolean inRealTime;

  private final int[] seenIn;
  private final int[] parent;
  private final byte[] kindInto;
  private final int[] depth;
  private final IntList queue = new IntList();
  private int round;
  private int realTimeFrontier;
  private int goal;
  private long visitsLeft;

  /// @param within the component that paths stay in
  /// @param kinds the kinds of edges to use
  /// @param apart whether no two anti-dependencies may be adjacent
  PathSearch(DependencyGraph graph, Components within, int kinds, boolean apart) {
    this.graph = graph;
    this.within = within;
    this.kinds = kinds;
    this.apart = apart;
    this.inRealTime = (kinds & EdgeKind.REAL_TIME.bit()) != 0;
    graph.patience().take(BYTES_OF_STATE * 2 * graph.size());
    this.seenIn = new int[2 * graph.size()];
    this.parent = new int[2 * graph.size()];
    this.kindInto = new byte[2 * graph.size()];
    this.depth = new int[2 * graph.size()];
  }

  /// The shortest path of at least one edge from any start to the goal, or null.
  ///
  /// @param afterAnti whether what led to the starts was an anti-dependency; then the goal must not
  ///   be reached by one either
  /// @param maxLength the most edges that the path may have
  /// @param maxVisits how many edges may be looked at
  @Nullable Path find(
      IntList starts, boolean afterAnti, int goalNode, int maxLength, long maxVisits) {
    round++;
    queue.clear();
    realTimeFrontier = graph.size();
    goal = goalNode;
    visitsLeft = maxVisits;
    int flag = apart && afterAnti ? 1 : 0;
    for (int place = 0; place < starts.size(); place++) {
      int state = 2 * starts.get(place) + flag;
      if (within.areTogether(starts.get(place), goalNode) && seenIn[state] != round) {
        enter(state, NO_PARENT, EdgeKind.WW, 0);
      }
    }
    for (int done = 0; done < queue.size() && visitsLeft > 0; done++) {
      int state = queue.get(done);
      if (depth[state] >= maxLength) {
        return null;
      }
      EdgeKind last = lastEdge(state);
      if (last != null) {
        return path(state, last);
      }
      expand(state);
    }
    return null;
  }

  /// How many edges the last search looked at.
  long visits(long maxVisits) {
    return maxVisits - Math.max(0, visitsLeft);
  }

  /// The kind of an edge from here to the goal, or null if there is none.
  private @Nullable EdgeKind lastEdge(int state) {
    int node = state / 2;
    for (int edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
      visitsLeft--;
      if (graph.target(edge) == goal && mayTake(state, edge) && !endsTwice(edge)) {
        return graph.kind(edge);
      }
    }
    boolean follows =
        inRealTime && graph.returned(node) && graph.returnTime(node) < graph.invokeTime(goal);
    return follows ? EdgeKind.REAL_TIME : null;
  }

  private boolean mayTake(int state, int edge) {
    return graph.isOf(edge, kinds) && !(state % 2 == 1 && graph.kind(edge).isAntiDependency());
  }

  /// Whether the goal would be reached by an anti-dependency and left by one.
  private boolean endsTwice(int edge) {
    return apart && graph.kind(edge).isAntiDependency();
  }

  private void expand(int state) {
    int node = state / 2;
    for (int edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
      int target = graph.target(edge);
      if (mayTake(state, edge) && within.areTogether(node, target)) {
        EdgeKind kind = graph.kind(edge);
        reach(state, 2 * target + (apart && kind.isAntiDependency() ? 1 : 0), kind);
      }
    }
    if (inRealTime && graph.returned(node)) {
      int from = graph.firstInvokedAfter(graph.returnTime(node));
      for (int target = from; target < realTimeFrontier; target++) {
        visitsLeft--;
        if (within.areTogether(node, target)) {
          reach(state, 2 * target, EdgeKind.REAL_TIME);
        }
      }
      realTimeFrontier = Math.min(realTimeFrontier, from);
    }
  }

  private void reach(int state, int next, EdgeKind kind) {
    if (seenIn[next] != round) {
      enter(next, state, kind, depth[state] + 1);
    }
  }

  private void enter(int state, int from, EdgeKind kind, int atDepth) {
    seenIn[state] = round;
    parent[state] = from;
    kindInto[state] = (byte) kind.code();
    depth[state] = atDepth;
    queue.add(state);
  }

  private Path path(int last, EdgeKind lastKind) {
    List<Integer> nodes = new ArrayList<>();
    List<EdgeKind> edges = new ArrayList<>();
    nodes.add(goal);
    edges.add(lastKind);
    int state = last;
    while (parent[state] != NO_PARENT) {
      nodes.add(state / 2);
      edges.add(EdgeKind.of(kindInto[state]));
      state = parent[state];
    }
    nodes.add(state / 2);
    Collections.reverse(nodes);
    Collections.reverse(edges);
    return new Path(nodes, edges);
  }
}
