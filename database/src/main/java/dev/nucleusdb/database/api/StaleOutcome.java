package dev.nucleusdb.database.api;

import java.time.Duration;

/// What a client knows of a read that any node may have served.
public sealed interface StaleOutcome {
  /// It was served.
  ///
  /// @param reply what the store answered
  /// @param staleness the node's state held all that was acknowledged before so long ago, counted
  ///   from when it answered
  record Ok(Reply reply, Duration staleness) implements StaleOutcome {}

  /// No node that was reached had a state that was young enough.
  ///
  /// @param reason one line
  record Failed(String reason) implements StaleOutcome {}
}
