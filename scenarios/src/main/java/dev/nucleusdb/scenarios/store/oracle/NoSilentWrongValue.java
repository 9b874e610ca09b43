package dev.nucleusdb.scenarios.store.oracle;

import dev.nucleusdb.core.disk.CorruptionException;
import java.util.Arrays;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// **A read gives the right value, says rightly that there is none, or names file and offset of the
/// damage**; and scans agree with gets. Whatever was done to the disk.
public final class NoSilentWrongValue {
  private NoSilentWrongValue() {}

  /// @return what is wrong, or null
  public static @Nullable String broken(History history, Sight sight) {
    NavigableMap<byte[], byte[]> state = history.at(sight.appliedIndex());
    if (state == null) {
      return "there was no batch " + sight.appliedIndex();
    }
    for (var entry : state.entrySet()) {
      byte[] key = entry.getKey();
      byte[] found = sight.found().get(key);
      if (!sight.damaged().contains(key) && !Arrays.equals(found, entry.getValue())) {
        return History.name(key) + (found == null ? " is missing, silently" : " has a wrong value");
      }
    }
    for (byte[] key : sight.found().keySet()) {
      if (!state.containsKey(key)) {
        return History.name(key) + " should not be there";
      }
    }
    return named(sight);
  }

  private static @Nullable String named(Sight sight) {
    CorruptionException reported = sight.reported();
    if (reported != null && (reported.path().isEmpty() || reported.offset() < 0)) {
      return "damage is reported without its place: " + reported.getMessage();
    }
    return sight.mismatch();
  }
}
