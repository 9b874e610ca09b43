package dev.nucleusdb.sim;

import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;

/// Where a world's faults come from.
public sealed interface FaultSource {

  /// Drawn from the seed.
  ///
  /// @param mix which families, and how hard
  record Draw(FaultMix mix) implements FaultSource {}

  /// Exactly the entries of a plan; nothing else is drawn.
  ///
  /// @param plan the faults, each by its name
  record Follow(Plan plan) implements FaultSource {}
}
