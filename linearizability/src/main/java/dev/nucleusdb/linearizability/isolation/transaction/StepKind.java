package dev.nucleusdb.linearizability.isolation.transaction;

/// What a step of a transaction does.
public enum StepKind {
  /// Appends an element to the list of a key.
  APPEND,
  /// Reads the whole list of a key.
  READ_LIST,
  /// Sees one item of those that a predicate ranges over, as a list. A predicate read is one such
  /// step for each item of its version set (Adya 1999, §4.3).
  SEE_LIST,
  /// Replaces the value of a key.
  WRITE,
  /// Reads the value of a key.
  READ;

  private static final StepKind[] KINDS = values();

  static StepKind of(int ordinal) {
    return KINDS[ordinal];
  }

  /// Whether the step changes its key.
  public boolean isWrite() {
    return this == APPEND || this == WRITE;
  }

  /// Whether the step reads a list.
  public boolean isListRead() {
    return this == READ_LIST || this == SEE_LIST;
  }
}
