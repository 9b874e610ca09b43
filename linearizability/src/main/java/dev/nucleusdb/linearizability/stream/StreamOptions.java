package dev.nucleusdb.linearizability.stream;

/// How much of a growing history is remembered.
///
/// @param maxWaiting the most events of one object that may wait for the outcome of an operation
///   before them; with more, the object is given up. At least 1; default 1,000,000
/// @param settleFrom how many operations of an object are remembered before the past is forgotten:
///   fewer make counterexamples show less of where a value came from. Not negative; default 64
public record StreamOptions(int maxWaiting, int settleFrom) {
  /// The defaults.
  public static final StreamOptions DEFAULT = new StreamOptions(1_000_000, 64);

  /// Checks the bounds.
  ///
  /// @throws IllegalArgumentException if a bound is too small
  public StreamOptions {
    if (maxWaiting < 1 || settleFrom < 0) {
      throw new IllegalArgumentException(
          "expected maxWaiting >= 1 and settleFrom >= 0, but found "
              + maxWaiting
              + " and "
              + settleFrom);
    }
  }
}
