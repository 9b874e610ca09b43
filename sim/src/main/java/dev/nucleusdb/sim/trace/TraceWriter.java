package dev.nucleusdb.sim.trace;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.Seconds;
import java.util.Locale;
import java.util.function.Consumer;

/// Writes a world down for people, one line per event. The legend stands in the package's
/// documentation.
public final class TraceWriter implements WorldObserver {
  private final Consumer<String> lines;

  /// @param lines takes each line, without its end
  public TraceWriter(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void onTrace(long atNanos, Actor actor, TraceKind kind, long a, long b, long c) {
    line(atNanos, actor + " " + kind.describe(a, b, c));
  }

  @Override
  public void onMessage(
      long sentNanos,
      Actor from,
      Actor to,
      int sizeBytes,
      byte firstByte,
      MessageFate fate,
      long endedNanos) {
    onMessageOfType("", sentNanos, from, to, sizeBytes, firstByte, fate, endedNanos);
  }

  @Override
  public void onMessageOfType(
      String type,
      long sentNanos,
      Actor from,
      Actor to,
      int sizeBytes,
      byte firstByte,
      MessageFate fate,
      long endedNanos) {
    String fateInWords = fate.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    line(
        endedNanos,
        String.format(
            Locale.ROOT,
            "%s>%s%s channel=%d bytes=%d %s sent=%s",
            from,
            to,
            type.isEmpty() ? "" : " " + type,
            firstByte & 0xff,
            sizeBytes,
            fateInWords,
            Seconds.format(sentNanos)));
  }

  @Override
  public void onFaultBegin(long atNanos, PlanEntry entry) {
    line(atNanos, "! " + entry);
  }

  @Override
  public void onFaultEnd(long atNanos, PlanEntry entry) {
    line(atNanos, ". " + entry.name());
  }

  @Override
  public void onNodeUp(long atNanos, Actor node, int incarnation) {
    line(atNanos, node + " up " + incarnation);
  }

  @Override
  public void onNodeDown(long atNanos, Actor node, String reason) {
    line(atNanos, node + " down " + reason);
  }

  @Override
  public void onNodePaused(long atNanos, Actor node, boolean paused) {
    line(atNanos, node + (paused ? " stands still" : " goes on"));
  }

  @Override
  public void onHeal(long atNanos) {
    line(atNanos, "all faults end");
  }

  @Override
  public void onViolation(Violation violation) {
    line(violation.atNanos(), "VIOLATION " + violation.invariant() + ": " + violation.detail());
  }

  private void line(long atNanos, String words) {
    lines.accept(Seconds.format(atNanos) + " " + words);
  }
}
