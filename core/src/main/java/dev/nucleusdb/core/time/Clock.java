package dev.nucleusdb.core.time;

/// What a node may know of the time. Both readings are free of side effects.
///
/// Contract (`ClockContract`): [#monotonicNanos] never goes back within one incarnation and
/// advances; nothing relates the values of two incarnations or two nodes. [#wall] is a guess with
/// an error bound and may move either way between two readings.
public interface Clock {

  /// Nanoseconds since an arbitrary start, for durations and timeouts only. A node's rate may
  /// differ from true time (drift).
  long monotonicNanos();

  /// The wall clock of this machine, with the error that the machine claims for it.
  WallTime wall();
}
