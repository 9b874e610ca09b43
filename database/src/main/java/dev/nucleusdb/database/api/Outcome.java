package dev.nucleusdb.database.api;

/// What a client knows of an operation.
public sealed interface Outcome {
  /// It was done.
  ///
  /// @param reply what the store answered
  record Ok(Reply reply) implements Outcome {}

  /// It was not done and never will be.
  ///
  /// @param reason one line
  record Failed(String reason) implements Outcome {}

  /// It may have been done, may still be done, or never.
  ///
  /// @param reason one line
  record Unknown(String reason) implements Outcome {}
}
