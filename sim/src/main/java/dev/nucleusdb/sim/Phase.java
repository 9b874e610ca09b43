package dev.nucleusdb.sim;

/// What a world goes through.
public enum Phase {
  /// Nothing has run yet.
  SETUP,
  /// Faults strike.
  CHAOS,
  /// All faults are over, all nodes are up, nothing new strikes: the system must recover.
  HEALING
}
