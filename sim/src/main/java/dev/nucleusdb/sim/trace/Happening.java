package dev.nucleusdb.sim.trace;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.sim.fault.PlanEntry;

/// One thing that happened in a world, as a [Recording] hands it out again.
public sealed interface Happening {
  /// When, in true time.
  long atNanos();

  /// A trace event of a node or client.
  record Traced(long atNanos, Actor actor, TraceKind kind, long a, long b, long c)
      implements Happening {}

  /// The end of a message's way; the type is what the scenario calls its kind, or empty.
  record Carried(
      String type,
      long sentNanos,
      Actor from,
      Actor to,
      int sizeBytes,
      byte firstByte,
      MessageFate fate,
      long atNanos)
      implements Happening {}

  /// A fault struck.
  record FaultBegan(long atNanos, PlanEntry entry) implements Happening {}

  /// A fault was over.
  record FaultEnded(long atNanos, PlanEntry entry) implements Happening {}

  /// A node came up.
  record NodeUp(long atNanos, Actor node, int incarnation) implements Happening {}

  /// A node went down.
  record NodeDown(long atNanos, Actor node, String reason) implements Happening {}

  /// A node stood still, or went on.
  record NodePaused(long atNanos, Actor node, boolean paused) implements Happening {}

  /// Chaos ended.
  record Healed(long atNanos) implements Happening {}

  /// The world was broken.
  record Violated(long atNanos, Violation violation) implements Happening {}
}
