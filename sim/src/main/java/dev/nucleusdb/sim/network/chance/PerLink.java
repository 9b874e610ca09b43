package dev.nucleusdb.sim.network.chance;

import dev.nucleusdb.sim.network.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One thing for each link, made from its name when it is first asked for. Every rule asks for
/// every message, so links are found by their number and not by their name.
final class PerLink<T> {
  private final Function<String, T> maker;
  private final List<@Nullable T> made = new ArrayList<>();

  /// @param maker from the name of a link, as plans have it
  PerLink(Function<String, T> maker) {
    this.maker = maker;
  }

  T of(Link link) {
    T found = link.number() < made.size() ? made.get(link.number()) : null;
    return found == null ? make(link) : found;
  }

  private T make(Link link) {
    while (made.size() <= link.number()) {
      made.add(null);
    }
    T fresh = maker.apply(link.name());
    made.set(link.number(), fresh);
    return fresh;
  }
}
