package dev.nucleusdb.scenarios.store.oracle;

import org.jspecify.annotations.Nullable;

/// **Damage is reported only where something was damaged**: a loss of power alone, or a call that
/// failed, is no damage, and a store that refuses to open after it is a store that is lost.
public final class NoFalseAlarm {
  private NoFalseAlarm() {}

  /// @return what is wrong, or null
  public static @Nullable String broken(RuntimeException reported, boolean somethingWasDamaged) {
    return somethingWasDamaged
        ? null
        : "damage is reported, and none was done: " + reported.getMessage();
  }
}
