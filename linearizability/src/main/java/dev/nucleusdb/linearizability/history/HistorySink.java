package dev.nucleusdb.linearizability.history;

import java.util.List;

/// Is told of a run event by event. A process has at most one operation that it waits for.
public interface HistorySink {
  /// Whether a process waits for an operation.
  boolean isWaiting(long process);

  /// What a process waits for.
  ///
  /// @throws IllegalStateException if it waits for nothing
  Operation waitingFor(long process);

  /// A process asks for something.
  ///
  /// @param line the line of the source file where that stands, counted from 1, or 0
  /// @param key the object, or [Value#UNRECORDED] where there is only one
  /// @throws IllegalStateException if the process waits already
  /// @throws IllegalArgumentException if the time is negative
  HistorySink invokeAtLine(
      int line, long process, String function, Value key, List<Value> arguments, long time);

  /// An operation ended. After [Outcome#UNKNOWN] the process may go on: the wait is over, the
  /// operation is not.
  ///
  /// @param result what was answered, or [Value#UNRECORDED]
  /// @param time when it returned; of no meaning if the outcome is unknown
  /// @throws IllegalStateException if the process waits for nothing
  /// @throws IllegalArgumentException if the time lies before the invocation
  HistorySink complete(long process, Value result, long time, Outcome outcome);
}
