package dev.nucleusdb.sim.trial;

/// A test of one world: fills it, runs it, judges it.
@FunctionalInterface
public interface TrialBody {
  /// Runs the test; keeps everything that belongs to the world in local variables.
  ///
  /// @param simulation the world
  /// @throws Throwable what is thrown is a failure of this world
  void run(Simulation simulation) throws Throwable;
}
