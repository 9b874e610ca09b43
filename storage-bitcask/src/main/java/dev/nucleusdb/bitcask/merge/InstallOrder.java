package dev.nucleusdb.bitcask.merge;

import java.util.List;

/// Rule: in which order is a merge put in force? A crash may strike between any two steps, so at
/// each of them every record that counts must stand, durable, in a file that the manifest names.
@FunctionalInterface
public interface InstallOrder {
  /// Durable first, then named, and only then are the inputs removed.
  InstallOrder DURABLE_BEFORE_NAMED =
      () ->
          List.of(
              InstallStep.SYNC_WITNESSES,
              InstallStep.SYNC_OUTPUTS,
              InstallStep.SWITCH_MANIFEST,
              InstallStep.MOVE_INDEX,
              InstallStep.DELETE_INPUTS);

  /// The steps, first to last.
  List<InstallStep> steps();
}
