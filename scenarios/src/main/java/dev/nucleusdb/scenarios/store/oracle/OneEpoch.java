package dev.nucleusdb.scenarios.store.oracle;

import java.util.Arrays;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// **A snapshot shows one epoch**: the map as it was when it was taken, whatever was written,
/// merged or replaced since (basho/bitcask 091fea6, 44b9a1b).
public final class OneEpoch {
  private OneEpoch() {}

  /// @return what is wrong, or null
  public static @Nullable String broken(
      NavigableMap<byte[], byte[]> taken, NavigableMap<byte[], byte[]> seen) {
    for (var entry : taken.entrySet()) {
      byte[] value = seen.get(entry.getKey());
      if (!Arrays.equals(entry.getValue(), value)) {
        return "a snapshot shows "
            + History.name(entry.getKey())
            + (value == null ? " as gone" : " as it was at another time");
      }
    }
    for (byte[] key : seen.keySet()) {
      if (!taken.containsKey(key)) {
        return "a snapshot shows " + History.name(key) + ", which was not there";
      }
    }
    return null;
  }
}
