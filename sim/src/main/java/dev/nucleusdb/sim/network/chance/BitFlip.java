package dev.nucleusdb.sim.network.chance;

import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.network.ChanceRule;
import dev.nucleusdb.sim.network.Fate;
import dev.nucleusdb.sim.network.Message;
import org.jspecify.annotations.Nullable;

/// Changes one bit of single messages, as bad memory in a switch does, after which the checksums of
/// Ethernet and TCP are computed anew (Stone and Partridge, "When the CRC and TCP checksum
/// disagree", SIGCOMM 2000). Receivers have to notice. The detail of an entry is the number of the
/// bit.
///
/// @param choice which messages are struck
public record BitFlip(Choice choice) implements ChanceRule {
  /// The bit that chance changes.
  public static String detail(Message message, long random) {
    return Long.toString(Long.remainderUnsigned(random, Math.max(1, 8L * message.bytes().length)));
  }

  @Override
  public @Nullable PlanEntry strike(Message message) {
    return choice.strike(message);
  }

  @Override
  public Fate fate(PlanEntry entry) {
    return new Fate.Flip(Long.parseLong(entry.detail()));
  }
}
