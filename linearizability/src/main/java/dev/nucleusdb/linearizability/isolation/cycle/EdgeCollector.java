package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import java.util.Arrays;

/// Gathers edges and sorts them by where they begin.
public final class EdgeCollector {
  private static final int INITIAL_CAPACITY = 1024;

  /// What an edge takes: both of its ends.
  private static final long BYTES = 2L * Integer.BYTES;

  private final Patience patience;
  private int[] sources = new int[INITIAL_CAPACITY];
  private int[] packed = new int[INITIAL_CAPACITY];
  private int size;

  /// None yet.
  ///
  /// @param patience how many there may be
  public EdgeCollector(Patience patience) {
    this.patience = patience;
  }

  Patience patience() {
    return patience;
  }

  /// Adds an edge between different transactions; one from a transaction to itself means nothing
  /// and is left out.
  public void add(int from, int to, EdgeKind kind) {
    if (from == to) {
      return;
    }
    if (size == sources.length) {
      grow();
    }
    sources[size] = from;
    packed[size++] = DependencyGraph.packed(to, kind);
  }

  private void grow() {
    int capacity = size + (size >> 1);
    patience.requireTime();
    patience.take(capacity * BYTES);
    sources = Arrays.copyOf(sources, capacity);
    packed = Arrays.copyOf(packed, capacity);
    patience.giveBack(size > INITIAL_CAPACITY ? size * BYTES : 0);
  }

  /// How many there are.
  public int size() {
    return size;
  }

  /// The edges by source, and by source where its edges begin. Then they are forgotten here.
  Sorted sorted(int nodeCount) {
    patience.take((2L * nodeCount + 1 + size) * Integer.BYTES);
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
    patience.giveBack(
        nodeCount * (long) Integer.BYTES
            + (sources.length > INITIAL_CAPACITY ? sources.length * BYTES : 0));
    sources = new int[INITIAL_CAPACITY];
    packed = new int[INITIAL_CAPACITY];
    size = 0;
    return new Sorted(first, edges);
  }

  record Sorted(int[] first, int[] edges) {}
}
