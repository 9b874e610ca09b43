package dev.nucleusdb.linearizability.isolation.level;

/// What was found out about one level.
public sealed interface Standing {
  /// The history satisfies the level.
  record Holds() implements Standing {}

  /// The history does not satisfy the level.
  ///
  /// @param finding why
  record Violated(Finding finding) implements Standing {}

  /// Not decided.
  ///
  /// @param cause why not, in words
  record Unknown(String cause) implements Standing {}
}
