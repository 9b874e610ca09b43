package dev.nucleusdb.sim.network;

import java.util.List;

/// Trouble that stands on the network for a while, from [SimulatedNetwork#impose] to
/// [SimulatedNetwork#lift]. A rule answers each question for itself; what it does not answer, it
/// leaves alone. It may keep a state of its own, but no source of randomness: all that was drawn
/// stands in its entry of the plan.
public interface StandingRule {

  /// Whether the message cannot get through now; asked when it is sent and when it arrives.
  default boolean cuts(Message message, long nowNanos) {
    return false;
  }

  /// Whether messages of the link wait now.
  default boolean holds(Link link, long nowNanos) {
    return false;
  }

  /// Whether the sender is told that the link takes nothing.
  default boolean refuses(Link link) {
    return false;
  }

  /// Whether the connection of the link breaks when the rule is imposed.
  default boolean breaks(Link link) {
    return false;
  }

  /// How much longer every message of the link takes.
  default long addedNanos(Link link) {
    return 0;
  }

  /// What else becomes of a message that is sent.
  default Fate judge(Message message, long nowNanos) {
    return Fate.PASS;
  }

  /// How long after its beginning the rule lets go of what it held, beside its end.
  default List<Long> releasesNanos() {
    return List.of();
  }
}
