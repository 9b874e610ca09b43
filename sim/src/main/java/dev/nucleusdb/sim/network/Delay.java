package dev.nucleusdb.sim.network;

import dev.nucleusdb.sim.fault.FaultFamily;

/// Delays single messages and all that follow on the link, as a retransmission does.
///
/// @param choice which messages are struck
public record Delay(ChanceRule.Choice choice) implements ChanceRule {
  @Override
  public FaultFamily family() {
    return FaultFamily.DELAY;
  }

  @Override
  public Fate judge(Link link, long ordinal) {
    long nanos = choice.strike(link, ordinal);
    return nanos < 0 ? Fate.PASS : new Fate.Deliver(nanos, false);
  }
}
