package dev.nucleusdb.linearizability.isolation.transaction;

/// What a step of a transaction does.
public enum StepKind {
  /// Appends an element to the list of a key.
  APPEND(0),
  /// Reads the whole list of a key.
  READ_LIST(1),
  /// Sees one item of those that a predicate ranges over, as a list. A predicate read is one such
  /// step for each item of its version set (Adya 1999, §4.3).
  SEE_LIST(2),
  /// Replaces the value of a key.
  WRITE(3),
  /// Reads the value of a key.
  READ(4);

  private static final StepKind[] KINDS = values();

  private final int code;

  StepKind(int code) {
    this.code = code;
  }

  static StepKind of(int code) {
    return KINDS[code];
  }

  int code() {
    return code;
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
