package dev.nucleusdb.sim.network;

import java.util.List;

/// What a rule decides about a message.
public sealed interface Fate {
  /// The rule leaves it alone.
  Fate PASS = new Pass();

  /// It is gone for good.
  Fate DROP = new Drop();

  /// It is lost on the wire.
  Fate LOSE = new Lose();

  /// Left alone.
  record Pass() implements Fate {}

  /// Gone, whatever the links are: a queue was full, or somebody on the way threw it away.
  record Drop() implements Fate {}

  /// Lost on the wire: a [LinkModel#STREAM] sends it again, and all behind it wait.
  record Lose() implements Fate {}

  /// Late.
  ///
  /// @param extraNanos by how much
  /// @param overtaken whether those behind it pass it by; otherwise they wait behind it
  record Deliver(long extraNanos, boolean overtaken) implements Fate {}

  /// Delivered, and once more later.
  ///
  /// @param delayNanos how much later
  record Duplicate(long delayNanos) implements Fate {}

  /// Delivered with one bit changed.
  ///
  /// @param bit which one, from 0; counted on from the start again beyond the message's end
  record Flip(long bit) implements Fate {}

  /// Delivered to others.
  ///
  /// @param receivers their names; its own receiver gets it only if it is among them
  record Divert(List<String> receivers) implements Fate {}
}
