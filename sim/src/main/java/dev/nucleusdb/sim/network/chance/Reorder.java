package dev.nucleusdb.sim.network.chance;

import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.network.ChanceRule;
import dev.nucleusdb.sim.network.Fate;
import dev.nucleusdb.sim.network.Message;
import org.jspecify.annotations.Nullable;

/// Delays single messages and lets those behind overtake them.
///
/// @param choice which messages are struck
public record Reorder(Choice choice) implements ChanceRule {
  @Override
  public @Nullable PlanEntry strike(Message message) {
    return choice.strike(message);
  }

  @Override
  public Fate fate(PlanEntry entry) {
    return new Fate.Deliver(entry.byNanos(), true);
  }
}
