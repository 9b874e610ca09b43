package dev.nucleusdb.bitcask.merge;

/// Rule: may a merge drop a tombstone that is the newest record of its key? Only if no file outside
/// the merge could still hold an older record of the key: that record would come back to life at
/// the next open. Dropping it too early is the signature bug of this family of stores.
@FunctionalInterface
public interface TombstoneRule {
  /// Everything outside is newer than the tombstone.
  TombstoneRule NOTHING_OLDER_OUTSIDE = (tombstone, lowestOutside) -> lowestOutside > tombstone;

  /// @param tombstoneSequence of the tombstone
  /// @param lowestSequenceOutside the lowest sequence number in any file that is not an input
  boolean mayDrop(long tombstoneSequence, long lowestSequenceOutside);
}
