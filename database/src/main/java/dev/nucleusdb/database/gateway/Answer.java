package dev.nucleusdb.database.gateway;

import dev.nucleusdb.database.api.Reply;

/// What a node answers.
///
/// @param number as in the request
/// @param attempt as in the request
/// @param body the answer
public record Answer(long number, int attempt, Body body) {
  /// The kinds of answers.
  public sealed interface Body {}

  /// The session is open.
  ///
  /// @param session its number
  public record SessionOpened(long session) implements Body {}

  /// It was done.
  ///
  /// @param reply what the store answered
  public record Done(Reply reply) implements Body {}

  /// Ask the leader; nothing was done.
  ///
  /// @param leader where it is, or empty
  public record NotLeader(String leader) implements Body {}

  /// It was not done now.
  ///
  /// @param kind what that means
  /// @param reason one line
  public record Refused(Kind kind, String reason) implements Body {}

  /// How the node is.
  ///
  /// @param node its id
  /// @param leading whether it leads
  /// @param leader where the leader is, or empty
  /// @param term its term
  /// @param commitIndex how far the log is committed
  /// @param appliedIndex how far it is applied
  /// @param lastIndex the log's end
  /// @param keyCount keys in the store, its own bookkeeping included
  /// @param diskBytes bytes of the store's data files
  public record Status(
      int node,
      boolean leading,
      String leader,
      long term,
      long commitIndex,
      long appliedIndex,
      long lastIndex,
      long keyCount,
      long diskBytes)
      implements Body {}

  /// What a refusal means for an attempt.
  public enum Kind {
    /// Not done; try again later.
    OVERLOADED,
    /// May be done or not.
    UNKNOWN,
    /// Not done, and the session is gone: whether an earlier attempt was done is not known.
    SESSION_EXPIRED,
    /// Not done, and never will be.
    INVALID,
    /// Not done; this node cannot.
    UNAVAILABLE
  }
}
