package dev.nucleusdb.raft.log;

import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import org.jspecify.annotations.Nullable;

/// What the write-ahead log makes of its files after a crash, and of memberships in it.
public interface LogRule {

  /// The rules that durability needs.
  LogRule RAFT = new LogRule() {};

  /// Whether a frame whose checksum is `stored` and should be `computed` may be believed.
  default boolean isIntact(int stored, int computed) {
    return stored == computed;
  }

  /// The membership that was in force where the log begins, of which it holds no entry any more.
  ///
  /// @param recorded what was written down about it; null if none had been named yet
  default @Nullable Membership baseMembership(@Nullable Membership recorded) {
    return recorded;
  }

  /// Whether a membership whose entry is cut away is in force no more (thesis §4.1).
  default boolean undoesMembership() {
    return true;
  }

  /// The name of a disk that has none yet.
  ///
  /// @param random drawn at random
  /// @param replacement whether it takes the place of files that were damaged
  /// @return [Stores#UNKNOWN] if the number will not do
  default long nameOf(long random, boolean replacement) {
    return Stores.idOf(random, replacement);
  }

  /// How far the log is durable once it was cut, by what was written before: not beyond the cut,
  /// because what stands there next is written later.
  ///
  /// @param writtenIndex how far it was, or would have been by a write under way
  /// @param firstCutIndex where it was cut
  default long durableAfterCut(long writtenIndex, long firstCutIndex) {
    return Math.min(writtenIndex, firstCutIndex - 1);
  }

  /// Whether who holds this log may stand for election: not with a hole in it, because nobody can
  /// be sent what is missing.
  default boolean mayStand(RaftLog log) {
    return log.isSound();
  }

  /// Whether a log that has lost entries goes on to say where it ended: else it ends before them,
  /// although they may be committed.
  default boolean keepsHole() {
    return true;
  }

  /// Whether entries that a group has not released keep the segment in which they stand.
  default boolean keepsSegment(int group) {
    return true;
  }

  /// The term and vote to go on with, of those that the log holds in their order.
  default HardState latest(HardState earlier, HardState later) {
    return later;
  }
}
