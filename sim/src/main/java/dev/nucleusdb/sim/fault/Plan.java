package dev.nucleusdb.sim.fault;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The faults of one world, in the order in which they happened: what a run leaves behind, what a
/// later run follows to the letter, and what is made smaller until only the faults are left that
/// matter. Immutable.
///
/// ```
///   plan   = { key "=" value "\n" } "\n" { entry "\n" }
///   entry  = family "/" [ target "/" ] number { " " key "=" value }
/// ```
///
/// @param header what the plan belongs to, in order: `seed`, `mix`, and what the caller adds
/// @param entries the faults, each under a name of its own
public record Plan(Map<String, String> header, List<PlanEntry> entries) {
  /// A plan without any fault.
  public static final Plan EMPTY = new Plan(Collections.emptyMap(), List.of());

  /// @throws IllegalArgumentException if two entries have one name
  public Plan {
    header = Collections.unmodifiableMap(new LinkedHashMap<>(header));
    entries = List.copyOf(entries);
    Set<String> names = new LinkedHashSet<>();
    for (PlanEntry entry : entries) {
      require(names.add(entry.name()), "two entries are called %s", entry.name());
    }
  }

  /// Reads the text form.
  ///
  /// @throws PlanSyntaxException if the text is no plan
  public static Plan parse(String text) {
    return new PlanParser(text).parse();
  }

  /// The plan with the entries that satisfy the condition.
  public Plan keeping(Predicate<PlanEntry> condition) {
    return new Plan(header, entries.stream().filter(condition).toList());
  }

  /// The plan without one entry.
  public Plan without(String name) {
    return keeping(entry -> !entry.name().equals(name));
  }

  /// The plan with the entry of the same name replaced.
  public Plan replacing(PlanEntry replacement) {
    List<PlanEntry> changed = new ArrayList<>(entries);
    changed.replaceAll(entry -> entry.name().equals(replacement.name()) ? replacement : entry);
    return new Plan(header, changed);
  }

  /// The plan with one more line in its header.
  public Plan withHeader(String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(header);
    changed.put(key, value);
    return new Plan(changed, entries);
  }

  /// The text form.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    header.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    text.append('\n');
    entries.forEach(entry -> text.append(entry).append('\n'));
    return text.toString();
  }
}
