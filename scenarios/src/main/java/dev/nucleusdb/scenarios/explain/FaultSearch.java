package dev.nucleusdb.scenarios.explain;

import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.Happening;
import dev.nucleusdb.sim.trace.Recording;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks for the faults that belong to a story: those that took its nodes down, stood around them
/// while it went on, or struck its messages. Knows faults by what all families have in common.
final class FaultSearch {
  private final long fromNanos;
  private final long untilNanos;
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> reasons = new LinkedHashSet<>();

  /// Links and moments at which messages of the story were sent.
  private final Set<String> sends = new LinkedHashSet<>();

  /// @param fromNanos when the story begins
  /// @param untilNanos when it ends
  FaultSearch(long fromNanos, long untilNanos) {
    this.fromNanos = fromNanos;
    this.untilNanos = untilNanos;
  }

  /// Somebody of the story.
  void learn(Actor actor) {
    names.add(actor.name());
  }

  /// A step of the story.
  void learn(Happening happening) {
    if (happening instanceof Happening.NodeDown down) {
      reasons.add(down.reason());
    } else if (happening instanceof Happening.Carried carried) {
      sends.add(send(carried.from() + ">" + carried.to(), carried.sentNanos()));
    }
  }

  private static String send(String link, long nanos) {
    return link + '@' + nanos;
  }

  /// The rows at which these faults begin.
  List<Integer> rows(Recording recording) {
    Map<String, Integer> began = new LinkedHashMap<>();
    for (int row = 0; row < recording.count() && recording.atNanos(row) <= untilNanos; row++) {
      switch (recording.get(row)) {
        case Happening.FaultBegan(long atNanos, PlanEntry entry) -> {
          if (belongs(atNanos, entry)) {
            began.put(entry.name(), row);
          }
        }
        case Happening.FaultEnded(long atNanos, PlanEntry entry) -> {
          if (atNanos < fromNanos) {
            began.remove(entry.name()); // over before the story began
          }
        }
        case Happening.Traced _,
            Happening.Carried _,
            Happening.NodeUp _,
            Happening.NodeDown _,
            Happening.NodePaused _,
            Happening.Healed _,
            Happening.Violated _ -> {}
      }
    }
    return List.copyOf(began.values());
  }

  private boolean belongs(long atNanos, PlanEntry entry) {
    if (reasons.contains(entry.name())) {
      return true;
    }
    return switch (entry.family().trigger()) {
      case MESSAGE -> sends.contains(send(entry.target(), atNanos));
      case HIT -> atNanos >= fromNanos && mentions(entry);
      case SCHEDULED -> mentions(entry) && (atNanos >= fromNanos || lasts(entry));
      case CLIENT, NEVER -> false;
    };
  }

  /// Whether it can still be standing later; that it ended is seen when it does.
  private static boolean lasts(PlanEntry entry) {
    return entry.forNanos() > 0 && entry.family().trigger() == FaultFamily.Trigger.SCHEDULED;
  }

  private boolean mentions(PlanEntry entry) {
    for (String word : (entry.target() + ' ' + entry.detail()).split("[^\\w.-]+", -1)) {
      if (names.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
