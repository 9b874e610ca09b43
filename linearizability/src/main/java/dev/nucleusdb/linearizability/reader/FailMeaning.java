package dev.nucleusdb.linearizability.reader;

/// What it means that a `cas` failed. Other failed operations had no effect and saw nothing in
/// either reading.
public enum FailMeaning {
  /// It had no effect and saw nothing, as in Knossos. The safe reading where a client also fails
  /// for other reasons.
  DROPPED,
  /// It saw another value than it expected: an observation that can be wrong.
  OBSERVED
}
