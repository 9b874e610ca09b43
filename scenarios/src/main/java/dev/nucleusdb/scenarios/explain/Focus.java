package dev.nucleusdb.scenarios.explain;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.Happening;
import dev.nucleusdb.sim.trace.Violation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whom and what a violation speaks of: names of nodes and clients, and numbers with what they
/// count, as *n3 voted twice in term 2* speaks of `n3` and of `term` 2. An event is on the subject
/// if its own number of that kind is one of them.
final class Focus {
  private static final Pattern NUMBERED = Pattern.compile("(\\w+) (-?\\d+)");
  private static final Pattern NAME = Pattern.compile("\\b[A-Za-z][\\w.-]*\\b");

  /// What identifies an event, the strictest first: an entry of the log is known by its index, and
  /// its term alone says little.
  private static final List<String> IDENTIFYING = List.of("index", "sequence", "session", "term");

  private final Set<String> names = new LinkedHashSet<>();
  private final Map<String, Set<Long>> numbers = new LinkedHashMap<>();

  /// What the words of a violation speak of.
  static Focus of(Violation violation) {
    Focus focus = new Focus();
    Matcher numbered = NUMBERED.matcher(violation.detail());
    while (numbered.find()) {
      focus.add(numbered.group(1), Long.parseLong(numbered.group(2)));
    }
    Matcher name = NAME.matcher(violation.detail());
    while (name.find()) {
      focus.add(name.group());
    }
    return focus;
  }

  /// One more node or client.
  void add(String name) {
    names.add(name);
  }

  /// One more number.
  void add(String label, long number) {
    numbers.computeIfAbsent(labelOf(label), _ -> new LinkedHashSet<>()).add(number);
  }

  /// What trace events call it.
  private static String labelOf(String word) {
    return switch (word) {
      case "entry" -> "index";
      case "operation" -> "sequence";
      default -> word;
    };
  }

  /// Whether it speaks of a node or client.
  boolean has(Actor actor) {
    return names.contains(actor.name());
  }

  /// Whether an event is on the subject.
  boolean has(Happening.Traced traced) {
    TraceKind kind = traced.kind();
    for (String label : IDENTIFYING) {
      int place = kind.labels().indexOf(label);
      if (place >= 0) {
        return isOneOf(label, number(traced, place));
      }
    }
    for (int place = 0; place < kind.labels().size(); place++) {
      if (isOneOf(kind.labels().get(place), number(traced, place))) {
        return true;
      }
    }
    return false;
  }

  private boolean isOneOf(String label, long number) {
    return numbers.getOrDefault(label, Collections.emptySet()).contains(number);
  }

  /// The n-th number of an event, from 0.
  static long number(Happening.Traced traced, int place) {
    return place == 0 ? traced.a() : place == 1 ? traced.b() : traced.c();
  }
}
