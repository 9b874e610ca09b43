package dev.nucleusdb.sim.ambush;

import java.util.List;
import java.util.Map;

/// What a world is inclined to, beside its mix: a class of trouble by its name, and the ambushes
/// that make it.
///
/// @param name what it is called, also in a plan's header; empty for a world of no inclination
/// @param ambushes what waits in it
public record Temper(String name, List<Ambush> ambushes) {
  /// The line in a plan's header that names it.
  public static final String HEADER = "temper";

  /// No inclination.
  public static final Temper EVEN = new Temper("", List.of());

  /// Copies the list.
  public Temper {
    ambushes = List.copyOf(ambushes);
  }

  /// Whether something waits at a place.
  public boolean waitsAt(String place) {
    return ambushes.stream().anyMatch(ambush -> ambush.place().equals(place));
  }

  /// Writes its line into a plan's header, if it has a name.
  public void writeTo(Map<String, String> header) {
    if (!name.isEmpty()) {
      header.put(HEADER, name);
    }
  }
}
