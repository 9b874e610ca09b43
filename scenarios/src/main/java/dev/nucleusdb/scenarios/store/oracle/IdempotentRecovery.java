package dev.nucleusdb.scenarios.store.oracle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// **Recovery is idempotent**: everything that an open found is durable when it returns, and
/// another open finds the same, whatever the crash in between took.
public final class IdempotentRecovery {
  private IdempotentRecovery() {}

  /// @return what is wrong, or null
  public static @Nullable String broken(Sight first, Sight second) {
    return difference(first, second, "another open");
  }

  static @Nullable String difference(Sight first, Sight second, String who) {
    if (first.appliedIndex() != second.appliedIndex()) {
      return who
          + " finds batch "
          + second.appliedIndex()
          + ", the first found "
          + first.appliedIndex();
    }
    if (first.keyCount() != second.keyCount() || first.liveBytes() != second.liveBytes()) {
      return who
          + " counts "
          + second.keyCount()
          + " keys of "
          + second.liveBytes()
          + " bytes, the first counted "
          + first.keyCount()
          + " of "
          + first.liveBytes();
    }
    for (var entry : first.found().entrySet()) {
      byte[] value = second.found().get(entry.getKey());
      if (!second.damaged().contains(entry.getKey()) && !Arrays.equals(entry.getValue(), value)) {
        return who + " finds another value of " + History.name(entry.getKey());
      }
    }
    return first.found().size() < second.found().size() && first.damaged().isEmpty()
        ? who + " finds more keys"
        : null;
  }
}
