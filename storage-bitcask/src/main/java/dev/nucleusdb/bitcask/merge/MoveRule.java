package dev.nucleusdb.bitcask.merge;

/// Rule: may the index be pointed at a merge's copy of a record? Only if it still points at the
/// very record that was copied: the key may have been written or deleted since.
@FunctionalInterface
public interface MoveRule {
  /// The index still points at what was copied.
  MoveRule UNCHANGED = (current, copied) -> current == copied;

  /// @param current where the index points now (`Place`)
  /// @param copied what the merge copied (`Place`)
  boolean mayMove(long current, long copied);
}
