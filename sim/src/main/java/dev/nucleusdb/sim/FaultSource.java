package dev.nucleusdb.sim;

import dev.nucleusdb.sim.ambush.Temper;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import java.util.Map;

/// Where a world's faults come from.
public sealed interface FaultSource {

  /// Drawn from the seed.
  ///
  /// @param mix which families, and how hard
  /// @param temper what waits for states of the system
  record Draw(FaultMix mix, Temper temper) implements FaultSource {
    /// In a world of no inclination.
    public Draw(FaultMix mix) {
      this(mix, Temper.EVEN);
    }

    /// Writes what a world is drawn from into the header of its plan.
    void writeTo(Map<String, String> header) {
      header.put("mix", mix.toString());
      temper.writeTo(header);
    }
  }

  /// Exactly the entries of a plan; nothing else is drawn.
  ///
  /// @param plan the faults, each by its name
  record Follow(Plan plan) implements FaultSource {}
}
