package dev.nucleusdb.core.time;

import java.time.Duration;
import java.time.Instant;

/// A reading of a wall clock: the true time is claimed to lie within `error` of `instant`. The
/// claim is the machine's and may be wrong; nothing that must be safe may rest on it alone.
///
/// @param instant the reading
/// @param error the claimed bound on its distance from true time; not negative
public record WallTime(Instant instant, Duration error) {}
