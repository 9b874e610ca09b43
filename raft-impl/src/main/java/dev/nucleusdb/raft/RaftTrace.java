package dev.nucleusdb.raft;

import dev.nucleusdb.core.trace.Digest;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.membership.Configuration;

/// What a member tells of itself.
public final class RaftTrace {
  /// It started, with this much of a log.
  public static final TraceKind STARTED = TraceKind.of("raft.started", "term", "last", "applied");

  /// It has this disk, by the name that it was given when it was empty.
  public static final TraceKind STORE = TraceKind.of("raft.store", "store");

  /// Its part has changed; `role` is [dev.nucleusdb.raft.election.Role#code].
  public static final TraceKind ROLE = TraceKind.of("raft.role", "role", "term", "last");

  /// A term and vote are to be made durable; 0 is no vote.
  public static final TraceKind HARD_STATE = TraceKind.of("raft.hard-state", "term", "vote");

  /// A vote left for the candidate.
  public static final TraceKind VOTE_SENT = TraceKind.of("raft.vote-sent", "term", "candidate");

  /// An entry was put into the log; `hash` covers its command and the term before it.
  public static final TraceKind APPEND = TraceKind.of("raft.append", "index", "term", "hash");

  /// An entry was applied, which is what commits it in the eyes of others.
  public static final TraceKind APPLY = TraceKind.of("raft.apply", "index", "term", "hash");

  /// The log in memory begins after this index now.
  public static final TraceKind RELEASE = TraceKind.of("raft.release", "index");

  /// The log was found with a hole: its disk has lost this entry, and perhaps others behind it.
  public static final TraceKind HOLE = TraceKind.of("raft.hole", "index", "last");

  /// Another member's state took the place of the own one, durably.
  public static final TraceKind INSTALLED = TraceKind.of("raft.installed", "index", "term");

  /// The state could not be read for a follower's snapshot, because it is damaged.
  public static final TraceKind UNREADABLE = TraceKind.of("raft.unreadable", "index", "to");

  /// A snapshot stands for the log up to here; `kept` is 1 if what followed is still there.
  public static final TraceKind RESTARTED = TraceKind.of("raft.restarted", "index", "term", "kept");

  /// Others take part from here on; `joint` is 1 if two majorities must agree.
  public static final TraceKind MEMBERSHIP =
      TraceKind.of("raft.membership", "voters", "joint", "learners");

  private RaftTrace() {}

  /// An entry was applied.
  static void applied(Trace trace, long index, Entry entry) {
    if (!trace.isRead()) {
      return;
    }
    long hash = Digest.hash(entry.bytes(), entry.offset(), entry.size());
    trace.event(APPLY, index, entry.term(), hash);
  }

  static void inForce(Trace trace, Configuration configuration) {
    trace.event(
        MEMBERSHIP,
        configuration.voters().size(),
        configuration.isJoint() ? 1 : 0,
        configuration.learners().size());
    trace.point("raft.membership-in-force");
  }
}
