package dev.nucleusdb.database.gateway;

import dev.nucleusdb.database.api.Reply;
import java.time.Duration;
import java.util.List;

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

  /// A read was served from the node's own state.
  ///
  /// @param reply what the store answered
  /// @param staleness the state held all that was acknowledged before so long ago
  public record Stale(Reply reply, Duration staleness) implements Body {}

  /// Ask the leader; nothing was done.
  ///
  /// @param leader where it is, or empty
  public record NotLeader(String leader) implements Body {}

  /// It was not done now.
  ///
  /// @param kind what that means
  /// @param reason one line
  public record Refused(Kind kind, String reason) implements Body {}

  /// What became of a wish that another node leads.
  ///
  /// @param done whether the node that was asked for leads now
  /// @param words one line
  public record Transferred(boolean done, String words) implements Body {}

  /// Who takes part, and what became of a wish to change that.
  ///
  /// @param done whether what was asked for is so
  /// @param words why not, in one line; empty if it was done
  /// @param voters who decides, as far as the node's log says
  /// @param learners who gets the log and does not count
  /// @param changing whether a change is under way
  public record Members(
      boolean done,
      String words,
      List<Request.MemberAddress> voters,
      List<Request.MemberAddress> learners,
      boolean changing)
      implements Body {}

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
  /// @param diagnosis what is in the way, one line each; what is beyond [#DIAGNOSIS_LINES_MAX]
  ///   lines or [#DIAGNOSIS_LINE_CHARS_MAX] characters is left out
  public record Status(
      int node,
      boolean leading,
      String leader,
      long term,
      long commitIndex,
      long appliedIndex,
      long lastIndex,
      long keyCount,
      long diskBytes,
      List<String> diagnosis)
      implements Body {
    /// Most lines of a diagnosis.
    public static final int DIAGNOSIS_LINES_MAX = 32;

    /// Most characters of each.
    public static final int DIAGNOSIS_LINE_CHARS_MAX = 200;

    /// Leaves out what is too much.
    public Status {
      diagnosis =
          diagnosis.stream()
              .limit(DIAGNOSIS_LINES_MAX)
              .map(line -> line.substring(0, Math.min(line.length(), DIAGNOSIS_LINE_CHARS_MAX)))
              .toList();
    }
  }

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
