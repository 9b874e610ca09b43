package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.scenarios.cluster.Blueprint;
import java.util.function.UnaryOperator;

/// A deliberate bug.
///
/// @param name on the command line
/// @param description what is broken, in one line
/// @param source where it was seen in a real system
/// @param planter breaks a blueprint
public record Bug(
    String name, String description, String source, UnaryOperator<Blueprint> planter) {

  /// A blueprint with the bug in it.
  public Blueprint plant(Blueprint healthy) {
    return planter.apply(healthy);
  }
}
