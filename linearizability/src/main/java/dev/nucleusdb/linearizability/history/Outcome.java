package dev.nucleusdb.linearizability.history;

/// How an operation ended, as far as its client knows.
public enum Outcome {
  /// It took effect exactly once inside its interval, and its result is what was seen.
  OK,
  /// It certainly had no effect and saw nothing. A `cas` that found another value is not this: it
  /// is [#OK] with [Value#FALSE], because it saw something.
  FAILED,
  /// It took effect at some time after its invocation, even long after its client gave up, or
  /// never.
  UNKNOWN
}
