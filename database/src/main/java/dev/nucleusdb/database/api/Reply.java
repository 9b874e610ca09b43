package dev.nucleusdb.database.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the store answered.
public sealed interface Reply {
  /// To a get.
  ///
  /// @param value null if the key is not there
  record Value(byte @Nullable [] value) implements Reply {}

  /// To a put.
  record Done() implements Reply {}

  /// To a delete.
  ///
  /// @param existed whether the key was there
  record Deleted(boolean existed) implements Reply {}

  /// To a compare-and-set.
  ///
  /// @param swapped whether the value was as expected, and has been set
  record Swapped(boolean swapped) implements Reply {}

  /// To a scan.
  ///
  /// @param pairs in the order of the keys
  /// @param more whether there are more than the limits let through
  record Found(List<Pair> pairs, boolean more) implements Reply {}

  /// A key and its value.
  ///
  /// @param key the key
  /// @param value its value
  record Pair(byte[] key, byte[] value) {}
}
