package dev.nucleusdb.sim.network;

import dev.nucleusdb.sim.fault.FaultFamily;

/// Loses single messages.
///
/// @param choice which messages are struck
public record Loss(ChanceRule.Choice choice) implements ChanceRule {
  @Override
  public FaultFamily family() {
    return FaultFamily.LOSS;
  }

  @Override
  public Fate judge(Link link, long ordinal) {
    long nanos = choice.strike(link, ordinal);
    return nanos < 0 ? Fate.PASS : Fate.DROP;
  }
}
