package dev.nucleusdb.scenarios.store.oracle;

import org.jspecify.annotations.Nullable;

/// **What was said to be durable is there after any crash.** Held to the claim of the store itself,
/// which may say so only when a sync has completed; and nothing is durable that was not written.
public final class DurableStays {
  private DurableStays() {}

  /// @return what is wrong, or null
  public static @Nullable String broken(History history, Sight sight) {
    if (sight.appliedIndex() < history.durableIndex()) {
      return "batch "
          + history.durableIndex()
          + " was durable, only "
          + sight.appliedIndex()
          + " is there";
    }
    return sight.durableIndex() > sight.appliedIndex()
        ? "durable up to " + sight.durableIndex() + ", written up to " + sight.appliedIndex()
        : null;
  }
}
