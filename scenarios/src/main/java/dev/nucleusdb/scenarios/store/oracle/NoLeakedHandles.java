package dev.nucleusdb.scenarios.store.oracle;

import org.jspecify.annotations.Nullable;

/// **No handle outlives its use**: an open store holds its data files and little else; after a
/// close, or an open that failed, none is left (basho/bitcask c174af6, 52bce9c).
public final class NoLeakedHandles {
  private NoLeakedHandles() {}

  /// @return what is wrong, or null
  public static @Nullable String broken(int openHandles, int allowed) {
    return openHandles > allowed
        ? openHandles + " handles are open, " + allowed + " are needed"
        : null;
  }
}
