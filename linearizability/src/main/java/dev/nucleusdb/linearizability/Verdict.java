package dev.nucleusdb.linearizability;

/// What a judge says of a history.
public enum Verdict {
  /// There is an order.
  VALID,
  /// There is none.
  INVALID,
  /// Limits came first.
  UNKNOWN
}
