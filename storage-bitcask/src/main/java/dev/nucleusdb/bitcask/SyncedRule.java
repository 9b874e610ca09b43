package dev.nucleusdb.bitcask;

/// Rule: up to which log index is everything durable once a sync has completed? A sync covers what
/// was written before it was asked for; what was written while it was under way is not covered.
@FunctionalInterface
public interface SyncedRule {
  /// What had been applied when the sync was asked for.
  SyncedRule AT_THE_CALL = (atCall, atCompletion) -> atCall;

  /// @param indexAtCall applied index when the sync was asked for
  /// @param indexAtCompletion applied index now
  long durable(long indexAtCall, long indexAtCompletion);
}
