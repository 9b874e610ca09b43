package dev.nucleusdb.sim.network.rule;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.sim.network.Link;
import dev.nucleusdb.sim.network.StandingRule;

/// Two that live far from each other: every message between them, in both directions, takes longer
/// by the same amount (the penalty per pair of FoundationDB's simulator).
public final class Far implements StandingRule {
  private final String forth;
  private final String back;
  private final long byNanos;

  /// @param pair the two, `n1>n2`
  /// @param byNanos how much longer a message takes
  /// @throws IllegalArgumentException if it is no pair
  public Far(String pair, long byNanos) {
    int arrow = pair.indexOf('>');
    require(arrow > 0, "\"%s\" is no pair such as n1>n2", pair);
    this.forth = pair;
    this.back = Link.nameOf(pair.substring(arrow + 1), pair.substring(0, arrow));
    this.byNanos = byNanos;
  }

  @Override
  public long addedNanos(Link link) {
    return link.name().equals(forth) || link.name().equals(back) ? byNanos : 0;
  }
}
