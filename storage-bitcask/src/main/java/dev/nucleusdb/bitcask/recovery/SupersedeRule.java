package dev.nucleusdb.bitcask.recovery;

/// Rule: of two records of one key, does the one just found count? Order is by sequence number
/// alone. Neither a clock nor the number of a file says which is newer: clocks go back, and a merge
/// writes old records into new files.
@FunctionalInterface
public interface SupersedeRule {
  /// The higher sequence number wins; numbers are never equal.
  SupersedeRule HIGHER_SEQUENCE = (found, known) -> found > known;

  /// @param foundSequence of the record just written or found
  /// @param knownSequence of the record that the index points at
  boolean supersedes(long foundSequence, long knownSequence);
}
