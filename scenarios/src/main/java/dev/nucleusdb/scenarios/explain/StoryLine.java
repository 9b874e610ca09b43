package dev.nucleusdb.scenarios.explain;

import dev.nucleusdb.sim.fault.Seconds;
import dev.nucleusdb.sim.trace.Happening;
import org.jspecify.annotations.Nullable;

/// One line of a [Story].
///
/// @param atNanos when, in true time
/// @param who a node, a client, or `world`
/// @param words what, for people
/// @param happening what of the recording it tells, or null if it tells of a client's operation or
///   of the verdict
public record StoryLine(long atNanos, String who, String words, @Nullable Happening happening) {
  @Override
  public String toString() {
    return String.format(
        java.util.Locale.ROOT, "%14s  %-5s %s", Seconds.format(atNanos), who, words);
  }
}
