package dev.nucleusdb.raft.replication;

import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.RaftLog;
import java.util.List;

/// How a follower takes a leader's entries.
public interface AppendRule {

  /// The rules of the paper (§5.3).
  AppendRule RAFT = new AppendRule() {};

  /// Whether the entries fit onto the log: the entry before them must be there, of the same term.
  default boolean fits(RaftLog log, long previousIndex, long previousTerm) {
    return log.matches(previousIndex, previousTerm);
  }

  /// The place in `entries` of the first that is not in the log yet; everything before it matches
  /// and must be left alone, because a request may be old and the log may be longer than it.
  ///
  /// @return from 0 to `entries.size()`; the latter if all of them are there already
  default int firstNew(RaftLog log, long previousIndex, List<Entry> entries) {
    int i = 0;
    while (i < entries.size() && log.matches(previousIndex + 1 + i, entries.get(i).term())) {
      i++;
    }
    return i;
  }

  /// How far the follower may consider its log committed: as far as the leader says, but not beyond
  /// what this request has proved to match.
  default long commitIndex(long leaderCommitIndex, long lastMatchingIndex) {
    return Math.min(leaderCommitIndex, lastMatchingIndex);
  }

  /// After how long without an answer what a leader has sent to a follower counts as lost.
  ///
  /// @param electionTimeoutNanos the shortest
  default long patienceNanos(long electionTimeoutNanos) {
    return electionTimeoutNanos;
  }
}
