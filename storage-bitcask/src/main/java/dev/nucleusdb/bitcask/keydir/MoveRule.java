package dev.nucleusdb.bitcask.keydir;

/// Rule: may the index be pointed at a merge's copy of a record? Only if it still points at the
/// very record that was copied: the key may have been written or deleted since.
@FunctionalInterface
public interface MoveRule {
  /// The index still points at what was copied.
  MoveRule UNCHANGED = Place::equals;

  /// @param current where the index points now
  /// @param copied what the merge copied
  boolean mayMove(Place current, Place copied);
}
