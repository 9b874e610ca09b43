package dev.nucleusdb.cli.architecture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Arrows between packages: no two import each other, and the generated classes of a wire format
/// stay with the package that owns the codec, so that the rest of the house knows records alone.
final class PackageArrows {
  /// Wire package to the one package that may use it.
  private static final Map<String, String> CODECS =
      Map.of(
          "dev.nucleusdb.raft.wire", "dev.nucleusdb.raft.message",
          "dev.nucleusdb.database.wire", "dev.nucleusdb.database.gateway");

  private PackageArrows() {}

  /// One line for each pair of packages that name each other, with one class each way.
  static List<String> twoWay(Collection<ClassFacts> classes) {
    Map<String, Map<String, String>> arrows = arrows(classes);
    List<String> breaches = new ArrayList<>();
    arrows.forEach((from, targets) ->
        targets.forEach((to, witness) -> {
          String back = arrows.getOrDefault(to, Map.of()).get(from);
          if (from.compareTo(to) < 0 && back != null) {
            breaches.add(from + " <-> " + to + ": " + witness + "; " + back);
          }
        }));
    return breaches;
  }

  /// One line for each class that names a wire package and does not own its codec.
  static List<String> foreignWire(Collection<ClassFacts> classes) {
    Set<String> breaches = new TreeSet<>();
    for (ClassFacts facts : classes) {
      for (String reference : facts.references()) {
        String wire = ClassFacts.packageOf(reference);
        if (wire.startsWith("dev.nucleusdb.") && wire.endsWith(".wire") && !mayUse(facts, wire)) {
          breaches.add(facts.name() + " names " + reference);
        }
      }
    }
    return List.copyOf(breaches);
  }

  private static boolean mayUse(ClassFacts facts, String wire) {
    return facts.packageName().equals(wire) || facts.packageName().equals(CODECS.get(wire));
  }

  private static Map<String, Map<String, String>> arrows(Collection<ClassFacts> classes) {
    Map<String, Map<String, String>> arrows = new TreeMap<>();
    for (ClassFacts facts : classes) {
      for (String reference : facts.references()) {
        String target = ClassFacts.packageOf(reference);
        if (target.startsWith("dev.nucleusdb.") && !target.equals(facts.packageName())) {
          arrows
              .computeIfAbsent(facts.packageName(), from -> new TreeMap<>())
              .putIfAbsent(target, facts.name() + " names " + reference);
        }
      }
    }
    return arrows;
  }
}
