package dev.nucleusdb.sim;

/// Decides whether a node that could not start is excused by what was done to it.
@FunctionalInterface
public interface StartFailureExcuse {
  /// @param node which node
  /// @param failure the corruption or the disk's error
  /// @return false if it is a violation
  boolean excuses(SimulatedNode node, RuntimeException failure);
}
