package dev.nucleusdb.sim.network;

import dev.nucleusdb.sim.fault.FaultFamily;

/// Delivers single messages twice; the copy may be very late.
///
/// @param choice which messages are struck
public record Duplication(ChanceRule.Choice choice) implements ChanceRule {
  @Override
  public FaultFamily family() {
    return FaultFamily.DUPLICATE;
  }

  @Override
  public Fate judge(Link link, long ordinal) {
    long nanos = choice.strike(link, ordinal);
    return nanos < 0 ? Fate.PASS : new Fate.Duplicate(nanos);
  }
}
