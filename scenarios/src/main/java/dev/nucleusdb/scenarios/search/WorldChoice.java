package dev.nucleusdb.scenarios.search;

import dev.nucleusdb.sim.Branch;
import org.jspecify.annotations.Nullable;

/// Which world to run: a seed, and perhaps a moment from which on it takes another course.
///
/// @param seed where it comes from
/// @param branch where it leaves its seed's course; null if it does not
public record WorldChoice(long seed, @Nullable Branch branch) {}
