package dev.nucleusdb.scenarios.store.oracle;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.Fold;
import dev.nucleusdb.bitcask.large.KeySpace;
import org.jspecify.annotations.Nullable;

/// **Once nothing is left to free, there are the parts of the large values that keys have, and no
/// others**: what was overwritten, deleted, dropped, or cut short by a crash has given its room
/// back.
///
/// Asked when no large value is being written, whose parts nobody's value has yet.
public final class NoLeftParts {
  private NoLeftParts() {}

  /// @param partBytes of every part but the last of a value
  /// @return what is wrong, or null
  public static @Nullable String broken(Bitcask engine, int partBytes) {
    long[] wanted = {0};
    long[] parts = {0};
    long[] others = {0};
    try (Fold fold = engine.fold()) {
      fold.run(
          key -> false,
          (key, value) -> {
            if (KeySpace.isHidden(key)) {
              (KeySpace.isPart(key) ? parts : others)[0]++;
            }
            return true;
          },
          (key, sizeBytes) -> {
            wanted[0] += (sizeBytes + partBytes - 1) / partBytes;
            return true;
          });
    }
    if (parts[0] != wanted[0]) {
      return parts[0] + " parts are there, " + wanted[0] + " belong to values of keys";
    }
    return others[0] > 1 ? others[0] + " records beside parts are left, one is needed" : null;
  }
}
