package dev.nucleusdb.scenarios.store.oracle;

import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// **What was deleted stays deleted**: no key shows a value that it had, where the history says
/// that it is gone. The signature fault of this family of stores (basho/bitcask 82).
public final class NoResurrection {
  private NoResurrection() {}

  /// @return what is wrong, or null
  public static @Nullable String broken(History history, Sight sight) {
    NavigableMap<byte[], byte[]> state = history.at(sight.appliedIndex());
    if (state == null) {
      return null;
    }
    for (var entry : sight.found().entrySet()) {
      if (!state.containsKey(entry.getKey()) && history.wasEver(entry.getKey(), entry.getValue())) {
        return History.name(entry.getKey()) + " was deleted and is back";
      }
    }
    return null;
  }
}
