package dev.nucleusdb.sim.network.chance;

import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.network.ChanceRule;
import dev.nucleusdb.sim.network.Fate;
import dev.nucleusdb.sim.network.Message;
import org.jspecify.annotations.Nullable;

/// Loses single messages on the wire.
///
/// @param choice which messages are struck
public record Loss(Choice choice) implements ChanceRule {
  @Override
  public @Nullable PlanEntry strike(Message message) {
    return choice.strike(message);
  }

  @Override
  public Fate fate(PlanEntry entry) {
    return Fate.LOSE;
  }
}
