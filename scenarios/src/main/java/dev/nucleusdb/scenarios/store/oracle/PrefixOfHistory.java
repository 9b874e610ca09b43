package dev.nucleusdb.scenarios.store.oracle;

import java.util.Arrays;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// **After a crash the store is as it was after some batch, and all before it are there**: no hole,
/// no older value of a key. (RocksDB asks the same of its recovery since 7.4.)
public final class PrefixOfHistory {
  private PrefixOfHistory() {}

  /// @return what is wrong, or null
  public static @Nullable String broken(History history, Sight sight) {
    NavigableMap<byte[], byte[]> state = history.at(sight.appliedIndex());
    if (state == null) {
      return "there was no batch " + sight.appliedIndex();
    }
    for (var entry : state.entrySet()) {
      byte[] key = entry.getKey();
      byte[] found = sight.found().get(key);
      if (sight.damaged().contains(key) || Arrays.equals(found, entry.getValue())) {
        continue;
      }
      if (found == null) {
        return History.name(key) + " is missing after batch " + sight.appliedIndex();
      }
      if (history.wasEver(key, found)) {
        return History.name(key) + " has a value that it had at another time";
      }
    }
    return null;
  }
}
