package dev.nucleusdb.raft.snapshot;

import dev.nucleusdb.raft.membership.Membership;
import org.jspecify.annotations.Nullable;

/// What snapshots must carry, and what the log must keep for their sake.
public interface SnapshotRule {

  /// The rules of the paper (§7), and one that it leaves to the reader.
  SnapshotRule RAFT = new SnapshotRule() {};

  /// The membership to send along.
  default @Nullable Membership membership(@Nullable Membership atMark) {
    return atMark;
  }

  /// How far a log that has become too long may go.
  ///
  /// @param wanted up to here, to be short enough
  /// @param needed from here on, by followers that were heard lately and by snapshots on their way
  default long releasable(long wanted, long needed) {
    return Math.min(wanted, needed);
  }

  /// What the log must keep although it was let go before.
  ///
  /// @param snapshotIndex after this, for the sake of snapshots on their way; far away if there are
  ///   none
  default long held(long snapshotIndex) {
    return snapshotIndex;
  }
}
