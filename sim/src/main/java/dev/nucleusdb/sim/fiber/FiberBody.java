package dev.nucleusdb.sim.fiber;

/// What one fiber does, from its beginning to its end.
@FunctionalInterface
public interface FiberBody {
  /// Runs; may wait.
  ///
  /// @throws Exception whatever is thrown stops the world with a violation, but for failures of the
  ///   disk, which halt the node
  void run() throws Exception;
}
