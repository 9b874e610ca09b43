package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.transaction.IntList;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds a shortest cycle of a shape among the transactions that lie on cycles. Whether there is
/// one is decided exactly; which one is shortest is looked for as long as [#MAX_VISITS] lasts.
final class CounterexampleSearch {
  /// How many edges may be looked at to find a shorter cycle than the one that is known. A quarter
  /// of a second or so.
  private static final long MAX_VISITS = 20_000_000;

  /// How many edges may be looked at from one transaction before all are asked at once.
  private static final long MAX_VISITS_EACH = 2_000;

  private static final int NO_NODE = -1;

  private final TransactionHistory history;
  private final DependencyGraph graph;
  private final VersionOrders versions;
  private final EdgeReasons reasons;
  private final Components together;
  private final int[] nodeOf;

  CounterexampleSearch(
      TransactionHistory history,
      DependencyGraph graph,
      VersionOrders versions,
      EdgeReasons reasons) {
    this.history = history;
    this.graph = graph;
    this.versions = versions;
    this.reasons = reasons;
    this.together = Components.of(graph, DependencyGraph.ALL);
    graph.patience().take(Integer.BYTES * (long) history.size());
    this.nodeOf = new int[history.size()];
    Arrays.fill(nodeOf, NO_NODE);
    for (int node = 0; node < graph.size(); node++) {
      nodeOf[graph.transaction(node)] = node;
    }
  }

  /// The same search in another graph of the history.
  CounterexampleSearch in(DependencyGraph other) {
    return new CounterexampleSearch(history, other, versions, reasons);
  }

  /// A cycle in a component that is known to have one.
  Finding shortestCycle(Components components, int kinds) {
    PathSearch paths = new PathSearch(graph, components, kinds, false);
    int[] nodes = components.onCycles();
    Reachability.Starts itself = (node, starts) -> starts.add(node);
    PathSearch.Path path = shortest(paths, nodes, itself, false, Long.MAX_VALUE);
    if (path == null) {
      throw new IllegalStateException("a component has no cycle");
    }
    return finding(path.nodes().subList(0, path.nodes().size() - 1), path.kinds());
  }

  /// A transaction that read a version although it saw a transaction with a later one.
  Optional<Finding> fracturedRead(OrderKept kept) {
    for (int node = 0; node < graph.size(); node++) {
      Seen seen = new Seen(node, kept);
      versions.laterWriters(history, graph.transaction(node), seen::ask);
      if (seen.found != NO_NODE) {
        return Optional.of(finding(List.of(node, seen.found), List.of(EdgeKind.RW, seen.foundBy)));
      }
    }
    return Optional.empty();
  }

  /// Whether a node has seen writers: read from them, or come after them in session or time.
  private final class Seen {
    private final int node;
    private final OrderKept kept;
    private int found = NO_NODE;
    private EdgeKind foundBy = EdgeKind.WR;

    Seen(int node, OrderKept kept) {
      this.node = node;
      this.kept = kept;
    }

    void ask(int writer) {
      int other = nodeOf[writer];
      if (other == NO_NODE || found != NO_NODE || !together.areTogether(node, other)) {
        return;
      }
      for (int edge = graph.firstEdge(other); edge < graph.endEdge(other); edge++) {
        if (graph.target(edge) == node && graph.kind(edge) == EdgeKind.WR) {
          found = other;
          foundBy = EdgeKind.WR;
          return;
        }
      }
      boolean inSession =
          kept != OrderKept.NONE
              && other < node
              && graph.returned(other)
              && history.session(writer) == history.session(graph.transaction(node));
      boolean inTime =
          kept == OrderKept.REAL_TIME
              && graph.returned(other)
              && graph.returnTime(other) < graph.invokeTime(node);
      if (inSession || inTime) {
        found = other;
        foundBy = inSession ? EdgeKind.SESSION : EdgeKind.REAL_TIME;
      }
    }
  }

  /// A transaction that read a version although a later one had happened before it.
  Optional<Finding> unseenCause(int kinds) {
    Reachability.Starts later =
        (node, starts) ->
            versions.laterWriters(
                history,
                graph.transaction(node),
                writer -> {
                  if (nodeOf[writer] != NO_NODE) {
                    starts.add(nodeOf[writer]);
                  }
                });
    return afterAnti(kinds, later);
  }

  /// A cycle with one anti-dependency.
  Optional<Finding> singleAntiDependency(int kinds) {
    return afterAnti(kinds, this::overwriters);
  }

  private void overwriters(int node, IntList starts) {
    for (int edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
      if (graph.kind(edge).isAntiDependency()) {
        starts.add(graph.target(edge));
      }
    }
  }

  private Optional<Finding> afterAnti(int kinds, Reachability.Starts starts) {
    int[] readers = readers(starts);
    PathSearch paths = new PathSearch(graph, together, kinds, false);
    PathSearch.Path quick = shortest(paths, readers, starts, false, MAX_VISITS_EACH);
    if (quick != null) {
      return Optional.of(closed(quick));
    }
    int reached = new Reachability(graph, kinds).firstReached(readers, starts);
    if (reached == Reachability.NOBODY) {
      return Optional.empty();
    }
    PathSearch.Path path = shortest(paths, new int[] {reached}, starts, false, Long.MAX_VALUE);
    if (path == null) {
      throw new IllegalStateException("what can be reached has no path to it");
    }
    return Optional.of(closed(path));
  }

  private int[] readers(Reachability.Starts starts) {
    IntList readers = new IntList();
    IntList of = new IntList();
    for (int node = 0; node < graph.size(); node++) {
      of.clear();
      starts.of(node, of);
      if (of.size() > 0) {
        readers.add(node);
      }
    }
    return readers.toArray();
  }

  /// A cycle without adjacent anti-dependencies, of which there is one.
  Optional<Finding> separatedCycle(int kinds) {
    PathSearch paths = new PathSearch(graph, together, kinds, true);
    int[] readers = readers(this::overwriters);
    PathSearch.Path path = shortest(paths, readers, this::overwriters, true, MAX_VISITS_EACH);
    for (int place = 0; place < readers.length && path == null; place++) {
      graph.patience().requireTime();
      int[] one = {readers[place]};
      path = shortest(paths, one, this::overwriters, true, Long.MAX_VALUE);
    }
    if (path == null) {
      throw new IllegalStateException("a graph with separated cycles has none");
    }
    return Optional.of(closed(path));
  }

  /// The shortest path from a node's starts to itself, over some nodes. If the searches from single
  /// nodes are not bounded, one path is found, whatever it takes.
  private PathSearch.@Nullable Path shortest(
      PathSearch paths,
      int[] nodes,
      Reachability.Starts starts,
      boolean afterAnti,
      long visitsEach) {
    PathSearch.Path best = null;
    long left = MAX_VISITS;
    IntList of = new IntList();
    for (int node : nodes) {
      boolean mayEnd = best != null || visitsEach < Long.MAX_VALUE;
      if (mayEnd && (left <= 0 || graph.patience().ended())) {
        break;
      }
      of.clear();
      starts.of(node, of);
      int longest = best == null ? Integer.MAX_VALUE : best.kinds().size() - 1;
      if (longest == 0) {
        break;
      }
      long visits = best == null ? visitsEach : Math.min(visitsEach, left);
      PathSearch.Path path = paths.find(of, afterAnti, node, longest, visits);
      left -= paths.visits(visits) + 1;
      best = path == null ? best : path;
    }
    return best;
  }

  /// The cycle of an anti-dependency from a path's end to its start, and the path.
  private Finding closed(PathSearch.Path path) {
    int reader = path.nodes().getLast();
    int overwriter = path.nodes().getFirst();
    EdgeKind anti = EdgeKind.RW;
    for (int edge = graph.firstEdge(reader); edge < graph.endEdge(reader); edge++) {
      if (graph.target(edge) == overwriter && graph.kind(edge) == EdgeKind.PREDICATE_RW) {
        anti = EdgeKind.PREDICATE_RW;
      }
    }
    for (int edge = graph.firstEdge(reader); edge < graph.endEdge(reader); edge++) {
      if (graph.target(edge) == overwriter && graph.kind(edge) == EdgeKind.RW) {
        anti = EdgeKind.RW;
      }
    }
    List<EdgeKind> kinds = new ArrayList<>(path.kinds());
    kinds.add(anti);
    return finding(path.nodes(), kinds);
  }

  /// A finding that begins with its smallest number, so that one cycle has one form.
  private Finding finding(List<Integer> nodes, List<EdgeKind> kinds) {
    List<Integer> transactions = new ArrayList<>();
    nodes.forEach(node -> transactions.add(graph.transaction(node)));
    List<EdgeKind> edges = new ArrayList<>(kinds);
    int smallest = transactions.indexOf(Collections.min(transactions));
    Collections.rotate(transactions, -smallest);
    Collections.rotate(edges, -smallest);
    List<String> why = new ArrayList<>();
    for (int place = 0; place < edges.size(); place++) {
      int to = transactions.get((place + 1) % transactions.size());
      why.add(reasons.reason(transactions.get(place), to, edges.get(place)));
    }
    return new Finding(Anomaly.ofCycle(edges), transactions, edges, why);
  }
}
