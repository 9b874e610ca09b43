package dev.nucleusdb.sim.network.rule;

import dev.nucleusdb.sim.network.Fate;
import dev.nucleusdb.sim.network.Message;
import dev.nucleusdb.sim.network.StandingRule;

/// Drops all messages of one type on a link: a queue per kind of message that is full, a proxy that
/// knows one call and not the other.
///
/// @param target a link `n1>n2`, or a node `n1`, all that it sends
/// @param type what the scenario calls their kind
public record TypedLoss(String target, String type) implements StandingRule {
  @Override
  public Fate judge(Message message, long nowNanos) {
    return message.type().equals(type) && message.link().isMeantBy(target) ? Fate.DROP : Fate.PASS;
  }
}
