package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.scenarios.cluster.Blueprint;
import dev.nucleusdb.sim.fault.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/// A deliberate bug.
///
/// @param name on the command line
/// @param description what is broken, in one line
/// @param source where it was seen in a real system
/// @param planter breaks a blueprint
public record Bug(
    String name, String description, String source, UnaryOperator<Blueprint> planter) {

  /// A plan of few faults that makes a check fire, which its header names under `fires`; `why`
  /// tells the story. Without the bug the same plan fires none. Run it with `nucleus replay`.
  ///
  /// @throws IllegalStateException if the bug has none
  public Plan witness() {
    try (InputStream text = Bug.class.getResourceAsStream(name + ".plan")) {
      if (text == null) {
        throw new IllegalStateException("no witness plan for " + name);
      }
      return Plan.parse(new String(text.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A blueprint with the bug in it.
  public Blueprint plant(Blueprint healthy) {
    return planter.apply(healthy);
  }
}
