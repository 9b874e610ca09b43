package dev.nucleusdb.linearizability.isolation.transaction;

/// What keys hold.
public enum DataModel {
  /// Lists that grow at their end.
  LISTS,
  /// Values that are replaced.
  REGISTERS
}
