package dev.nucleusdb.raft;

import dev.nucleusdb.raft.replication.Followers;
import dev.nucleusdb.raft.replication.Progress;

/// How far a leader lets the log go: what all have, and more if it becomes too long.
final class LogRetention {
  private static final int RETAINED_FACTOR_MAX = 4;

  /// Even a log that is cut early must let a follower that has just got a snapshot catch up, or
  /// else it would need the next one at once, for ever (hashicorp/raft 697).
  private static final long HELD_BYTES_MIN = 64 << 10;

  private final MemberState state;
  private final Followers followers;
  private final Snapshots snapshots;
  private long releaseIndex;

  LogRetention(MemberState state, Followers followers, Snapshots snapshots) {
    this.state = state;
    this.followers = followers;
    this.snapshots = snapshots;
  }

  /// Nobody needs the log up to here.
  long releaseIndex() {
    return releaseIndex;
  }

  /// Lets go what nobody needs by now.
  void release() {
    long everywhere = followers.smallest(state.durability.durableIndex(), Progress::matchIndex);
    long unneeded = Math.max(everywhere, releasableIndex());
    releaseIndex = Math.max(releaseIndex, Math.min(unneeded, state.commitIndex()));
    state.groupReleased(releaseIndex);
  }

  /// How far the log may go, to keep it small, although not everybody has it.
  private long releasableIndex() {
    long retained = state.options.snapshot().logRetainedBytesMax();
    if (state.log.heldBytes() <= retained) {
      return 0;
    }
    long wanted = state.log.indexLeaving(retained);
    return state.rules.snapshot().releasable(wanted, neededIndex(retained));
  }

  /// What comes after this index is needed by followers that were heard lately, unless the log has
  /// become far too long, and by snapshots on their way.
  private long neededIndex(long retained) {
    long held = snapshots.heldIndex();
    if (state.log.heldBytes() > Math.max(HELD_BYTES_MIN, RETAINED_FACTOR_MAX * retained)) {
      return held;
    }
    long lately = state.nowNanos - state.options.electionTimeoutMax().toNanos();
    return followers.smallest(
        held, follower -> follower.heardNanos() > lately ? follower.matchIndex() : Long.MAX_VALUE);
  }
}
