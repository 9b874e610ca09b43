package dev.nucleusdb.core.system;

import static dev.nucleusdb.core.assertion.Assertions.require;

/// The limits of a [NodeThread].
///
/// @param tasksMax how many tasks may wait before [NodeThread#offer] refuses; default 65536,
///   extremes 1 to 1048576
/// @param reservedTasksMax how many more [NodeThread#execute] takes, for callers that have a few
///   tasks under way at most and cannot do without them; default 4096
/// @param timersMax how many timers may be armed at once; default 1048576
public record NodeThreadOptions(int tasksMax, int reservedTasksMax, int timersMax) {

  /// The defaults of production.
  public static final NodeThreadOptions DEFAULT = new NodeThreadOptions(1 << 16, 1 << 12, 1 << 20);

  /// @throws IllegalArgumentException if a limit leaves no room for anything
  public NodeThreadOptions {
    require(tasksMax > 0, "at least one task must be allowed to wait");
    require(reservedTasksMax > 0, "at least one reserved task must be allowed to wait");
    require(timersMax > 0, "at least one timer must be allowed");
  }
}
