package dev.nucleusdb.raft.election;

/// What a member is in its term.
public enum Role {
  /// It answers.
  FOLLOWER(0),
  /// It asks whether it would be voted for; nothing has changed yet.
  PRE_CANDIDATE(1),
  /// It asks for votes in a new term.
  CANDIDATE(2),
  /// It leads.
  LEADER(3);

  private final int code;

  Role(int code) {
    this.code = code;
  }

  /// The number that stands for it in traces.
  public int code() {
    return code;
  }
}
