package dev.nucleusdb.sim.network;

/// What a [Rule] decides about a message.
public sealed interface Fate {
  /// The rule leaves it alone.
  Fate PASS = new Pass();

  /// It is lost.
  Fate DROP = new Drop();

  /// It waits until the rule is lifted.
  Fate HOLD = new Hold();

  /// Left alone.
  record Pass() implements Fate {}

  /// Lost.
  record Drop() implements Fate {}

  /// Kept back.
  record Hold() implements Fate {}

  /// Late.
  ///
  /// @param extraNanos by how much
  /// @param overtaken whether those behind it pass it by; otherwise they wait behind it
  record Deliver(long extraNanos, boolean overtaken) implements Fate {}

  /// Delivered, and once more later.
  ///
  /// @param delayNanos how much later
  record Duplicate(long delayNanos) implements Fate {}
}
