package dev.nucleusdb.sim.network.rule;

import dev.nucleusdb.sim.network.Fate;
import dev.nucleusdb.sim.network.Message;
import dev.nucleusdb.sim.network.StandingRule;

/// Delays all messages of one type on a link, and lets the others overtake them: a busy worker for
/// one kind of call.
///
/// @param target a link `n1>n2`, or a node `n1`, all that it sends
/// @param type what the scenario calls their kind
/// @param byNanos by how much
public record TypedDelay(String target, String type, long byNanos) implements StandingRule {
  @Override
  public Fate judge(Message message, long nowNanos) {
    return message.type().equals(type) && message.link().isMeantBy(target)
        ? new Fate.Deliver(byNanos, true)
        : Fate.PASS;
  }
}
