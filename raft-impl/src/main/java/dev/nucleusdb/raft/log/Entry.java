package dev.nucleusdb.raft.log;

/// An entry of the log. Its index is its place and is not repeated here.
///
/// @param term the term of the leader that made it
/// @param command what the state machine is to do; empty for a leader's first entry of its term
public record Entry(long term, byte[] command) {
  private static final byte[] NOTHING = new byte[0];

  /// The entry with which a leader begins its term (§5.4.2, thesis §6.4): once it is committed, so
  /// is everything before it.
  public static Entry noOp(long term) {
    return new Entry(term, NOTHING);
  }

  /// Whether it carries no command.
  public boolean isNoOp() {
    return command.length == 0;
  }
}
