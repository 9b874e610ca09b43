package dev.nucleusdb.scenarios.store.oracle;

import java.util.Arrays;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// **A batch is there as a whole or not at all**: the keys of the last batch are not partly as
/// before it and partly as after it.
public final class AtomicBatches {
  private AtomicBatches() {}

  /// @return what is wrong, or null
  public static @Nullable String broken(History history, Sight sight) {
    NavigableMap<byte[], byte[]> after = history.at(sight.appliedIndex());
    if (after == null) {
      return null;
    }
    NavigableMap<byte[], byte[]> before = history.before(sight.appliedIndex());
    String done = null;
    String undone = null;
    for (byte[] key : history.keysOf(sight.appliedIndex())) {
      byte[] found = sight.found().get(key);
      if (sight.damaged().contains(key) || Arrays.equals(before.get(key), after.get(key))) {
        continue;
      }
      if (Arrays.equals(found, after.get(key))) {
        done = History.name(key);
      } else if (Arrays.equals(found, before.get(key))) {
        undone = History.name(key);
      }
    }
    return done != null && undone != null
        ? "of batch " + sight.appliedIndex() + " " + done + " is there and " + undone + " is not"
        : null;
  }
}
