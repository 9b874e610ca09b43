package dev.nucleusdb.linearizability.level;

/// The smallest number with which something holds.
public sealed interface Measure {
  /// It holds with this number and with no smaller one.
  record Exactly(long value) implements Measure {}

  /// It holds with no number at all.
  record Never() implements Measure {}

  /// A limit came first.
  ///
  /// @param atLeast it holds with no smaller number than this
  record Undecided(long atLeast, LevelVerdict.Reason reason) implements Measure {}
}
