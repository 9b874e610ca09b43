package dev.nucleusdb.linearizability.isolation.level;

import java.util.List;

/// Something that is wrong, with the transactions that show it.
///
/// @param anomaly what it is
/// @param transactions their numbers; of a cycle in its order, beginning anywhere
/// @param edges of a cycle, the kind of the edge from each transaction to the next one, and from
///   the last one to the first; empty for anything else
/// @param reasons in words: of a cycle why each edge is one, of anything else what is wrong
public record Finding(
    Anomaly anomaly, List<Integer> transactions, List<EdgeKind> edges, List<String> reasons) {
  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if a cycle has not as many edges as transactions
  public Finding {
    transactions = List.copyOf(transactions);
    edges = List.copyOf(edges);
    reasons = List.copyOf(reasons);
    if (!edges.isEmpty() && edges.size() != transactions.size()) {
      throw new IllegalArgumentException(
          "a cycle of "
              + transactions.size()
              + " transactions has as many edges, not "
              + edges.size());
    }
  }

  /// Whether it is a cycle of dependencies.
  public boolean isCycle() {
    return !edges.isEmpty();
  }
}
