package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Versions that nobody read, several of one key: they were written in some order, but nothing
/// tells in which. Levels that let no two concurrent transactions write one key hold only if some
/// order of them fits; one is tried.
final class BlindWrites {
  private final DependencyGraph graph;
  private final VersionOrders versions;

  BlindWrites(DependencyGraph graph, VersionOrders versions) {
    this.graph = graph;
    this.versions = versions;
  }

  /// Whether there are any.
  boolean exist() {
    for (int key = 0; key < versions.observedEnd().length; key++) {
      if (versions.firstVersion()[key + 1] - versions.observedEnd()[key] > 1) {
        return true;
      }
    }
    return false;
  }

  /// The graph with such versions in the order of snapshots, of which there is one.
  DependencyGraph inOrderOfSnapshots(int kinds) {
    int[] pairs = SeparatedCycles.pairs(graph, kinds);
    int[] place = new int[graph.size()];
    for (int at = 0; at < pairs.length; at++) {
      place[pairs[at] / 2] = at;
    }
    return ordered(place);
  }

  /// The graph with such versions in an order that edges of some kinds agree with.
  DependencyGraph inOrderOf(int kinds) {
    int[] order = SerialOrder.of(graph, kinds);
    int[] place = new int[graph.size()];
    for (int at = 0; at < order.length; at++) {
      place[order[at]] = at;
    }
    return ordered(place);
  }

  private DependencyGraph ordered(int[] place) {
    EdgeCollector more = new EdgeCollector(graph.patience());
    for (int key = 0; key < versions.observedEnd().length; key++) {
      int from = versions.observedEnd()[key];
      int[] writers =
          IntStream.range(from, versions.firstVersion()[key + 1])
              .map(version -> versions.writers()[version])
              .boxed()
              .sorted(Comparator.comparingInt(writer -> place[writer]))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int at = 1; at < writers.length; at++) {
        more.add(writers[at - 1], writers[at], EdgeKind.WW);
      }
    }
    return graph.extended(more);
  }
}
