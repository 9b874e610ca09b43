package dev.nucleusdb.sim.network.chance;

import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.network.ChanceRule;
import dev.nucleusdb.sim.network.Fate;
import dev.nucleusdb.sim.network.Message;
import org.jspecify.annotations.Nullable;

/// Delivers single messages twice; the copy may be very late, and outlives a crash of its receiver:
/// a proxy or a client that sends again.
///
/// @param choice which messages are struck
public record Duplication(Choice choice) implements ChanceRule {
  @Override
  public @Nullable PlanEntry strike(Message message) {
    return choice.strike(message);
  }

  @Override
  public Fate fate(PlanEntry entry) {
    return new Fate.Duplicate(entry.byNanos());
  }
}
