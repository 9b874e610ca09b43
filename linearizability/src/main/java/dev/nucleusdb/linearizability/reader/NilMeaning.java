package dev.nucleusdb.linearizability.reader;

/// What it means that a read returned nil.
public enum NilMeaning {
  /// It saw that there was no value: an observation that can be wrong.
  ABSENT,
  /// Nobody wrote down what it saw, as in Knossos: any value will do.
  UNKNOWN
}
