package dev.nucleusdb.bitcask.hint;

/// Rule: does a record go into the hint of its file? Each does, tombstones too: the record that one
/// hides may stand in another file, and would come back to life at the next open.
@FunctionalInterface
public interface HintRule {
  /// Each does.
  HintRule ALL = tombstone -> true;

  /// @param tombstone whether the record says that its key is gone
  boolean takes(boolean tombstone);
}
