package dev.nucleusdb.bitcask.merge;

/// A step of putting a finished merge in force.
public enum InstallStep {
  /// Make the newer records durable that made the dropped ones dead: without it a crash could take
  /// the newer ones and leave neither.
  SYNC_WITNESSES,
  /// Make the outputs and their names durable.
  SYNC_OUTPUTS,
  /// Name the outputs, and no longer the inputs, in the manifest.
  SWITCH_MANIFEST,
  /// Point the index at the copies, one slice after the other.
  MOVE_INDEX,
  /// Remove the inputs.
  DELETE_INPUTS
}
