package dev.nucleusdb.bitcask.store;

/// When a write returns.
public enum Durability {
  /// Once the operating system has it: it outlives the process, not the power.
  NONE,
  /// As `NONE`; what is not durable yet is made so at every interval.
  INTERVAL,
  /// Once it is durable. One sync serves all that was written since the sync before began, so many
  /// writers share it without a timer.
  GROUP,
  /// Once it is durable, by a sync of its own.
  EACH
}
