package dev.nucleusdb.raft.replication;

import dev.nucleusdb.core.node.NodeId;
import java.util.List;

/// Whether learners are close enough behind the leader to become voters without holding up
/// commitment (thesis §4.2.1): replication is cut into rounds, each up to where the log ended when
/// it began; who needs less than an election timeout for a round is close enough.
public final class CatchUp {
  /// What is to be done with the learners.
  public sealed interface Verdict {
    /// They are not there yet.
    record Waiting() implements Verdict {}

    /// They may vote.
    record Done() implements Verdict {}

    /// They will not make it.
    ///
    /// @param reason why
    record Failed(String reason) implements Verdict {}
  }

  private static final int ROUNDS_MAX = 10;

  private final long roundNanosMax;
  private final long patienceNanos;
  private long roundEndIndex;
  private long roundBeganNanos;
  private int roundCount = 1;

  /// Begins the first round.
  ///
  /// @param roundNanosMax a round that takes less is the last
  /// @param patienceNanos a round that takes longer is given up
  public CatchUp(long lastIndex, long nowNanos, long roundNanosMax, long patienceNanos) {
    this.roundEndIndex = lastIndex;
    this.roundBeganNanos = nowNanos;
    this.roundNanosMax = roundNanosMax;
    this.patienceNanos = patienceNanos;
  }

  /// Judges the learners.
  ///
  /// @param lastIndex where the leader's log ends
  public Verdict judge(List<NodeId> learners, Followers followers, long lastIndex, long nowNanos) {
    for (NodeId id : learners) {
      Progress progress = followers.of(id);
      if (progress != null && progress.mode() == Progress.Mode.SNAPSHOT) {
        roundBeganNanos = nowNanos;
        return new Verdict.Waiting();
      }
      if (progress == null || progress.matchIndex() < roundEndIndex) {
        return nowNanos - roundBeganNanos < patienceNanos
            ? new Verdict.Waiting()
            : new Verdict.Failed(id + " does not catch up");
      }
    }
    if (nowNanos - roundBeganNanos < roundNanosMax) {
      return new Verdict.Done();
    }
    if (roundCount == ROUNDS_MAX) {
      return new Verdict.Failed("after " + ROUNDS_MAX + " rounds the log still grows faster");
    }
    roundCount++;
    roundEndIndex = lastIndex;
    roundBeganNanos = nowNanos;
    return new Verdict.Waiting();
  }
}
