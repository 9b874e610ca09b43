package dev.nucleusdb.sim;

import dev.nucleusdb.sim.fault.PlanEntry;

/// How the faults of one domain that happen at a moment are carried out.
sealed interface StrikingFaults
    permits NetworkFaults, DiskFaults, ProcessFaults, ClockFaults, OrderFaults {

  /// Refuses an entry that cannot be carried out, before the world begins.
  ///
  /// @throws IllegalArgumentException that says what is wrong with it
  void check(PlanEntry entry);

  /// Whether the entry would change anything now. One that does not leaves no trace anywhere.
  boolean isEffective(PlanEntry entry);

  /// The fault begins.
  void begin(PlanEntry entry);

  /// The fault is over; only for families that last.
  void end(PlanEntry entry);

  /// An entry that does not belong to this domain, or does not happen at a moment.
  static IllegalArgumentException misplaced(PlanEntry entry) {
    return new IllegalArgumentException(entry.name() + " does not happen at a moment");
  }
}
