package dev.nucleusdb.raft.hibernation;

/// The decisions about sleep on which it hangs that somebody wakes.
public interface SleepRule {

  /// The rules that liveness needs.
  SleepRule RAFT = new SleepRule() {};

  /// Whether a leader may put its group to sleep.
  ///
  /// @param settled whether all followers have all of the log and know that it is committed
  default boolean mayLeaderSleep(boolean settled) {
    return settled;
  }

  /// Whether a follower may sleep that was told to.
  ///
  /// @param hasAll whether its log is the leader's, durable, committed and applied
  default boolean mayFollowerSleep(boolean hasAll) {
    return hasAll;
  }

  /// Whether a follower that sleeps wakes when its leader's node is lost.
  default boolean heedsLossOfLeader() {
    return true;
  }
}
