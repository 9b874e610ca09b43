package dev.nucleusdb.database.node;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.time.Duration;

/// The limits of a node.
///
/// @param requestsMax most requests that wait for an answer before more are refused; default 65536,
///   extremes 4 to 65536
/// @param sessionsMax most open sessions; the one unused for longest is closed for a new one; the
///   same on all nodes of a cluster; default 10,000, extremes 16 to 10,000
/// @param storeSyncInterval how often the store is made durable by itself, so that the log before
///   can go; default 1 s, extremes 20 ms to 10 s
/// @param maintenanceInterval how often the store may do a slice of housekeeping; default 10 ms
public record DatabaseOptions(
    int requestsMax, int sessionsMax, Duration storeSyncInterval, Duration maintenanceInterval) {
  /// The defaults of production.
  public static final DatabaseOptions DEFAULT =
      new DatabaseOptions(1 << 16, 10_000, Duration.ofSeconds(1), Duration.ofMillis(10));

  /// @throws IllegalArgumentException if a limit leaves no room
  public DatabaseOptions {
    require(requestsMax > 0, "at least one request must be allowed to wait");
    require(sessionsMax > 0, "at least one session must be allowed");
    require(!storeSyncInterval.isNegative() && !storeSyncInterval.isZero(), "no sync interval");
    require(
        !maintenanceInterval.isNegative() && !maintenanceInterval.isZero(),
        "no maintenance interval");
  }
}
