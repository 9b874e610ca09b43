package dev.nucleusdb.linearizability.history;

/// One operation of a client, with the interval in which it was open.
///
/// Intervals are **closed**: an operation that returns at t and one that is invoked at t are
/// concurrent. The clocks of recorders are coarse, so two equal readings do not tell which came
/// first, and a judge must not invent an order that would turn a correct history into a violation.
/// Half-open intervals would do that; whoever knows the order records distinct times.
///
/// @param index the place of its invocation among the events of the source, counted from 0
/// @param line the line of its invocation in the source file, counted from 1, or 0 if there is no
///   file
/// @param process the client that invoked it
/// @param action what was asked and answered
/// @param invokeTime when it was invoked, in any unit, not negative
/// @param returnTime when it returned, or [#NEVER]
/// @param outcome how it ended
public record Operation(
    int index,
    int line,
    long process,
    Action action,
    long invokeTime,
    long returnTime,
    Outcome outcome) {
  /// The return time of an operation that may still take effect.
  public static final long NEVER = Long.MAX_VALUE;

  /// Checks the interval.
  ///
  /// @throws IllegalArgumentException if a time is negative, the return comes before the
  ///   invocation, or an operation of unknown outcome has a return time
  public Operation {
    if (invokeTime < 0 || returnTime < invokeTime) {
      throw new IllegalArgumentException(
          "an interval needs 0 <= invoke <= return, but was ["
              + invokeTime
              + ", "
              + returnTime
              + "]");
    }
    if (outcome == Outcome.UNKNOWN && returnTime != NEVER) {
      throw new IllegalArgumentException("an operation of unknown outcome stays open for ever");
    }
  }

  /// The same as it stood before it returned: it may take effect, with the result that is known by
  /// now, or not.
  public Operation withoutReturn() {
    return new Operation(index, line, process, action, invokeTime, NEVER, Outcome.UNKNOWN);
  }

  /// The same as it ended.
  ///
  /// @param result what was answered, or [Value#UNRECORDED]
  /// @param time when it returned; of no meaning if the outcome is unknown
  /// @throws IllegalArgumentException if the time lies before the invocation
  public Operation ended(Value result, long time, Outcome end) {
    long returned = end == Outcome.UNKNOWN ? NEVER : time;
    Action answered = result.equals(Value.UNRECORDED) ? action : action.answered(result);
    return new Operation(index, line, process, answered, invokeTime, returned, end);
  }

  @Override
  public String toString() {
    String interval = "[" + invokeTime + ", " + (returnTime == NEVER ? "∞" : returnTime) + "]";
    return process + ": " + action + " " + outcome + " " + interval;
  }
}
