package dev.nucleusdb.scenarios.search;

import dev.nucleusdb.sim.trace.Violation;

/// What two failures have in common if they are likely to have one cause: the broken invariant and
/// the words of its detail, without names and numbers.
///
/// @param invariant the broken property
/// @param words its detail, where `#` stands for any number
public record FailureClass(String invariant, String words) {
  private static final int WORDS_MAX = 160;

  /// The class of a violation.
  public static FailureClass of(Violation violation) {
    String words =
        violation
            .detail()
            .replaceAll("\\[[^\\]]*\\]", "[…]")
            .replaceAll("\\([^)]*\\)", "(…)")
            .replaceAll("[0-9]+", "#");
    return new FailureClass(
        violation.invariant(), words.substring(0, Math.min(WORDS_MAX, words.length())));
  }

  @Override
  public String toString() {
    return invariant + ": " + words;
  }
}
