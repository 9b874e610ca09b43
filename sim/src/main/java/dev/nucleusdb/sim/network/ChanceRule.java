package dev.nucleusdb.sim.network;

import dev.nucleusdb.sim.fault.PlanEntry;
import org.jspecify.annotations.Nullable;

/// A rule that strikes single messages: by chance, or because a plan says so. What happens to the
/// message is read from the entry alone, so that a plan does exactly what chance did.
public interface ChanceRule {

  /// The fault that strikes a message, or null if it is spared.
  @Nullable PlanEntry strike(Message message);

  /// What a fault does to its message.
  Fate fate(PlanEntry entry);
}
