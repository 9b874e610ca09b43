package dev.nucleusdb.sim.trace;

/// Something that must never happen, and did. Ends the world.
///
/// @param invariant the name of the broken property, `node-invariant`, `unexpected-exception`,
///   `start-failure`, `event-budget`, `standstill`, `no-progress`, `foreign-thread`,
///   `message-changed`, one of a fiber (`fiber-real-clock`, …) or the caller's own
/// @param atNanos when, in true time of the world
/// @param detail one line: who and what
public record Violation(String invariant, long atNanos, String detail) {
  @Override
  public String toString() {
    return invariant + " at " + atNanos + " ns: " + detail;
  }
}
