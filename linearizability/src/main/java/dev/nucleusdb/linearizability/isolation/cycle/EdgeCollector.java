package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import java.util.Arrays;

/// Gathers edges and sorts them by where they begin.
public final class EdgeCollector {
  private static final int INITIAL_CAPACITY = 1024;

  private int[] sources = new int[INITIAL_CAPACITY];
  private int[] packed = new int[INITIAL_CAPACITY];
  private int size;

  /// None yet.
  public EdgeCollector() {}

  /// Adds an edge between different transactions; one from a transaction to itself means nothing
  /// and is left out.
  public void add(int from, int to, EdgeKind kind) {
    if (from == to) {
      return;
    }
    if (size == sources.length) {
      sources = Arrays.copyOf(sources, size + (size >> 1));
      packed = Arrays.copyOf(packed, sources.length);
    }
    sources[size] = from;
    packed[size++] = DependencyGraph.packed(to, kind);
  }

  /// How many there are.
  public int size() {
    return size;
  }

  /// The edges by source, and by source where its edges begin.
  Sorted sorted(int nodeCount) {
    int[] first = new int[nodeCount + 1];
    for (int edge = 0; edge < size; edge++) {
      first[sources[edge] + 1]++;
    }
    for (int node = 0; node < nodeCount; node++) {
      first[node + 1] += first[node];
    }
    int[] next = Arrays.copyOf(first, nodeCount);
    int[] edges = new int[size];
    for (int edge = 0; edge < size; edge++) {
      edges[next[sources[edge]]++] = packed[edge];
    }
    return new Sorted(first, edges);
  }

  record Sorted(int[] first, int[] edges) {}
}
