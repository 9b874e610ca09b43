package dev.nucleusdb.sim.fiber;

/// What a node or client does, written as ordinary blocking code: its `main`. A node's program
/// begins anew in each incarnation.
@FunctionalInterface
public interface FiberProgram {
  /// Runs; may wait, and start more fibers. Those live on when it returns.
  ///
  /// @param fibers everything that the program finds on its host
  /// @throws Exception as in [FiberBody#run]
  void run(Fibers fibers) throws Exception;
}
