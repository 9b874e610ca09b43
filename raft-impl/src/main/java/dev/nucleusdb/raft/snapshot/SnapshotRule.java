package dev.nucleusdb.raft.snapshot;

import dev.nucleusdb.raft.membership.Membership;
import org.jspecify.annotations.Nullable;

/// Who needs snapshots, what they must carry, and what the log must keep for their sake.
public interface SnapshotRule {

  /// The rules of the paper (§7), and one that it leaves to the reader.
  SnapshotRule RAFT = new SnapshotRule() {};

  /// The membership to send along.
  default @Nullable Membership membership(@Nullable Membership atMark) {
    return atMark;
  }

  /// Whether what follows a snapshot in the log stays (§7).
  ///
  /// @param matches whether the log has the last entry of the snapshot, of the same term
  default boolean keepsSuffix(boolean matches) {
    return matches;
  }

  /// Whether the membership that a snapshot names takes the place of those that the log named, if
  /// nothing of the log stays.
  default boolean replacesMembership() {
    return true;
  }

  /// Whether a follower is sent a snapshot that needs what the log has let go.
  ///
  /// @param sought whether its leader has just looked for where their logs agree, and come to the
  ///   beginning of its own
  default boolean maySend(boolean sought) {
    return true;
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
