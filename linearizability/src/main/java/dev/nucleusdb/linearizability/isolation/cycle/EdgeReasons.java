package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.EdgeKind;

/// Says why there is an edge.
public interface EdgeReasons {
  /// One sentence, without a full stop.
  ///
  /// @param from the number of a transaction in the history
  /// @param to that of the transaction that has to come after it
  String reason(int from, int to, EdgeKind kind);
}
