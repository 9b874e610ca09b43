package dev.nucleusdb.sim.network;

import dev.nucleusdb.sim.fault.FaultFamily;

/// Delays single messages and lets those behind overtake them.
///
/// @param choice which messages are struck
public record Reorder(ChanceRule.Choice choice) implements ChanceRule {
  @Override
  public FaultFamily family() {
    return FaultFamily.REORDER;
  }

  @Override
  public Fate judge(Link link, long ordinal) {
    long nanos = choice.strike(link, ordinal);
    return nanos < 0 ? Fate.PASS : new Fate.Deliver(nanos, true);
  }
}
