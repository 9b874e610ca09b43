package dev.nucleusdb.scenarios.cluster;

/// Where a broken property is reported; the world stops then.
@FunctionalInterface
public interface Report {
  /// @param invariant the property's name
  /// @param detail one line: what was seen, where
  void broken(String invariant, String detail);
}
