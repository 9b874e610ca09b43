package dev.nucleusdb.sim.trace;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.sim.fault.PlanEntry;

/// Sees all that happens in a world: invariants, pages and statistics hang on here. Times are true
/// time in nanoseconds since the world began. An observer must not act upon the world; it may
/// report a violation.
public interface WorldObserver {

  /// A node or client told what it did.
  default void onTrace(long atNanos, Actor actor, TraceKind kind, long a, long b, long c) {}

  /// A message met its fate.
  ///
  /// @param sentNanos when it was sent
  /// @param from who sent it
  /// @param to for whom it was
  /// @param sizeBytes its length
  /// @param firstByte its first byte, which names the channel; 0 if it is empty
  /// @param fate how it ended
  /// @param endedNanos when it arrived or was given up
  default void onMessage(
      long sentNanos,
      Actor from,
      Actor to,
      int sizeBytes,
      byte firstByte,
      MessageFate fate,
      long endedNanos) {}

  /// As [#onMessage], with what the scenario calls the kind of the message. Watchers who do not ask
  /// for the name see the message through [#onMessage].
  ///
  /// @param type the name of its kind; empty if it has none
  default void onMessageOfType(
      String type,
      long sentNanos,
      Actor from,
      Actor to,
      int sizeBytes,
      byte firstByte,
      MessageFate fate,
      long endedNanos) {
    onMessage(sentNanos, from, to, sizeBytes, firstByte, fate, endedNanos);
  }

  /// A fault strikes.
  default void onFaultBegin(long atNanos, PlanEntry entry) {}

  /// A fault that lasts is over.
  default void onFaultEnd(long atNanos, PlanEntry entry) {}

  /// A node begins an incarnation, from 1; its `start` comes next.
  default void onNodeUp(long atNanos, Actor node, int incarnation) {}

  /// A node is gone.
  ///
  /// @param reason one line: the fault that took it, or its own last words
  default void onNodeDown(long atNanos, Actor node, String reason) {}

  /// A node stopped standing still, or began to.
  default void onNodePaused(long atNanos, Actor node, boolean paused) {}

  /// All faults end here; nothing new strikes.
  default void onHeal(long atNanos) {}

  /// The world leaves the course of its seed here, if it has been told to.
  ///
  /// @param digest the fingerprint of all that happened before this moment
  default void onBranch(long atNanos, long digest) {}

  /// The world ends here.
  default void onViolation(Violation violation) {}
}
