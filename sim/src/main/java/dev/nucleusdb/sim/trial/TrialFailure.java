package dev.nucleusdb.sim.trial;

import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import org.jspecify.annotations.Nullable;

/// A world in which the test fails.
///
/// @param seed its seed
/// @param world which one of the trial, from 1
/// @param invariant the name of the broken property; for whatever else was thrown, its class
/// @param detail one line: who and what
/// @param faultCount how many faults happened when the world was run as drawn
/// @param plan the faults that are left: following them, the world fails for the same reason
/// @param shrinkRuns how many worlds were run to find them
/// @param cause what the test threw
public record TrialFailure(
    long seed,
    int world,
    String invariant,
    String detail,
    int faultCount,
    Plan plan,
    int shrinkRuns,
    @Nullable Throwable cause) {
  private static final int ENTRIES_MAX = 10;

  /// In words, without a word on how to replay it.
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append(invariant).append(" is broken in world ").append(world);
    text.append(" (seed ").append(seed).append("): ").append(detail).append('\n');
    text.append("  faults: ").append(faultCount).append(" happened, ");
    text.append(plan.entries().size()).append(" are enough (");
    text.append(shrinkRuns).append(" worlds were run to find that out)\n");
    int shown = 0;
    for (PlanEntry entry : plan.entries()) {
      if (shown++ == ENTRIES_MAX) {
        text.append("    ...\n");
        break;
      }
      text.append("    ").append(entry).append('\n');
    }
    return text.toString();
  }
}
