package dev.nucleusdb.raft.log;

import dev.nucleusdb.raft.membership.Membership;
import org.jspecify.annotations.Nullable;

/// An entry of the log. Its index is its place and is not repeated here.
///
/// @param term the term of the leader that made it
/// @param kind whom it is for
/// @param command what the state machine is to do, empty for a leader's first entry of its term; or
///   a membership in bytes
public record Entry(long term, Kind kind, byte[] command) {
  private static final byte[] NOTHING = new byte[0];

  /// Whom an entry is for.
  public enum Kind {
    /// The state machine.
    COMMAND,
    /// The group itself: who takes part from here on, committed or not (thesis §4.1).
    CONFIGURATION
  }

  /// An entry for the state machine.
  public Entry(long term, byte[] command) {
    this(term, Kind.COMMAND, command);
  }

  /// The entry with which a leader begins its term (§5.4.2, thesis §6.4): once it is committed, so
  /// is everything before it.
  public static Entry noOp(long term) {
    return new Entry(term, NOTHING);
  }

  /// An entry that says who takes part from here on.
  public static Entry configuration(long term, Membership membership) {
    return new Entry(term, Kind.CONFIGURATION, membership.toBytes());
  }

  /// Whether it carries no command.
  public boolean isNoOp() {
    return kind == Kind.COMMAND && command.length == 0;
  }

  /// What the state machine is handed for it: nothing, if it is not for it.
  public byte[] forMachine() {
    return kind == Kind.COMMAND ? command : NOTHING;
  }

  /// Who takes part from here on, or null if the entry does not speak of it.
  public @Nullable Membership membership() {
    return kind == Kind.CONFIGURATION ? Membership.ofBytes(command) : null;
  }
}
