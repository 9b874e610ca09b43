package dev.nucleusdb.sim.network;

import java.util.LinkedHashMap;
import java.util.Map;

/// All rules that stand at the moment, by the names of their entries.
final class StandingRules {
  private final Map<String, StandingRule> rules = new LinkedHashMap<>();

  void add(String entryName, StandingRule rule) {
    rules.put(entryName, rule);
  }

  void remove(String entryName) {
    rules.remove(entryName);
  }

  boolean cut(Message message, long nowNanos) {
    if (rules.isEmpty() || message.link().healed) {
      return false;
    }
    for (StandingRule rule : rules.values()) {
      if (rule.cuts(message, nowNanos)) {
        return true;
      }
    }
    return false;
  }

  boolean hold(Link link, long nowNanos) {
    if (rules.isEmpty() || link.healed) {
      return false;
    }
    for (StandingRule rule : rules.values()) {
      if (rule.holds(link, nowNanos)) {
        return true;
      }
    }
    return false;
  }

  boolean refuse(Link link) {
    if (rules.isEmpty() || link.healed) {
      return false;
    }
    for (StandingRule rule : rules.values()) {
      if (rule.refuses(link)) {
        return true;
      }
    }
    return false;
  }

  long addedNanos(Link link) {
    if (rules.isEmpty() || link.healed) {
      return 0;
    }
    long added = 0;
    for (StandingRule rule : rules.values()) {
      added += rule.addedNanos(link);
    }
    return added;
  }

  void judge(Journey journey, long nowNanos) {
    if (journey.message().link().healed) {
      return;
    }
    for (StandingRule rule : rules.values()) {
      if (!journey.isOver()) {
        journey.meet(rule.judge(journey.message(), nowNanos));
      }
    }
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }
}
