package dev.nucleusdb.scenarios.store.oracle;

import org.jspecify.annotations.Nullable;

/// **The index is the same whatever it was built from**: hint files, a checkpoint, or the data
/// alone. Whoever opens without the files that can be made anew finds what was found with them.
public final class OneIndex {
  private OneIndex() {}

  /// @return what is wrong, or null
  public static @Nullable String broken(Sight withAll, Sight fromData) {
    return IdempotentRecovery.difference(withAll, fromData, "an open from the data alone");
  }
}
