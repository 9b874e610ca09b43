package dev.nucleusdb.raft.hibernation;

/// A leader's account of how long its group has had nothing to do: since the first broadcast that
/// told everybody that all of the log is committed, and may be released.
public final class Idleness {
  private static final long NEVER = Long.MAX_VALUE;

  private long round = NEVER;
  private long lastIndex;
  private long sinceNanos;

  /// Something was asked of the group.
  public void disturbed() {
    round = NEVER;
  }

  /// A broadcast begins.
  ///
  /// @param newRound its round
  /// @param settled whether what it says is that all is committed, and may be released
  /// @param newLastIndex where the log ends
  public void broadcast(long newRound, boolean settled, long newLastIndex, long nowNanos) {
    if (!settled) {
      round = NEVER;
    } else if (round == NEVER || newLastIndex != lastIndex) {
      round = newRound;
      lastIndex = newLastIndex;
      sinceNanos = nowNanos;
    }
  }

  /// Whether that is so for at least `nanos`, and the log still ends there.
  public boolean lasts(long nanos, long logEnd, long nowNanos) {
    return round != NEVER && logEnd == lastIndex && nowNanos - sinceNanos >= nanos;
  }

  /// Since when; of a time when there was something to do it says nothing.
  public long sinceNanos() {
    return sinceNanos;
  }

  /// Who has answered this round, or a later one, knows it.
  public long round() {
    return round;
  }
}
