package dev.nucleusdb.database.gateway;

import dev.nucleusdb.database.api.Operation;

/// A command in the replicated log.
public sealed interface Command {
  /// Opens a session; its number is the index of this command.
  ///
  /// @param nonce makes two openings different
  record OpenSession(long nonce) implements Command {}

  /// An operation within a session, done at most once for each sequence number.
  ///
  /// @param session from the reply to [OpenSession]
  /// @param sequence rising within the session
  /// @param operation a write
  record Execute(long session, long sequence, Operation operation) implements Command {}
}
