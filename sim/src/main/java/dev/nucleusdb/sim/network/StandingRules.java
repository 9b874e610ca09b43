package dev.nucleusdb.sim.network;

import java.util.LinkedHashMap;
import java.util.Map;

/// All rules that stand at the moment, by the names of their entries.
final class StandingRules {
  private final Map<String, StandingRule> byName = new LinkedHashMap<>();

  /// The same, for the questions that every message asks.
  private StandingRule[] rules = new StandingRule[0];

  void add(String entryName, StandingRule rule) {
    byName.put(entryName, rule);
    rules = byName.values().toArray(StandingRule[]::new);
  }

  void remove(String entryName) {
    byName.remove(entryName);
    rules = byName.values().toArray(StandingRule[]::new);
  }

  boolean cut(Message message, long nowNanos) {
    if (rules.length == 0 || message.link().healed) {
      return false;
    }
    for (StandingRule rule : rules) {
      if (rule.cuts(message, nowNanos)) {
        return true;
      }
    }
    return false;
  }

  boolean hold(Link link, long nowNanos) {
    if (rules.length == 0 || link.healed) {
      return false;
    }
    for (StandingRule rule : rules) {
      if (rule.holds(link, nowNanos)) {
        return true;
      }
    }
    return false;
  }

  boolean refuse(Link link) {
    if (rules.length == 0 || link.healed) {
      return false;
    }
    for (StandingRule rule : rules) {
      if (rule.refuses(link)) {
        return true;
      }
    }
    return false;
  }

  long addedNanos(Link link) {
    if (rules.length == 0 || link.healed) {
      return 0;
    }
    long added = 0;
    for (StandingRule rule : rules) {
      added += rule.addedNanos(link);
    }
    return added;
  }

  void judge(Journey journey, long nowNanos) {
    if (journey.message().link().healed) {
      return;
    }
    for (StandingRule rule : rules) {
      if (!journey.isOver()) {
        journey.meet(rule.judge(journey.message(), nowNanos));
      }
    }
  }

  boolean isEmpty() {
    return rules.length == 0;
  }
}
