package dev.nucleusdb.raft.membership;

/// When a leader may take the next step of a change of membership.
public interface ChangeRule {

  /// The rules of the thesis.
  ChangeRule RAFT = new ChangeRule() {};

  /// Whether another configuration may be appended: one at a time (§4.1), and none before an entry
  /// of the leader's own term is committed (Ongaro's correction of 2015).
  ///
  /// @param ownTermCommitted whether an entry of the leader's term is committed
  /// @param lastCommitted whether the last configuration in the log is
  default boolean mayAppend(boolean ownTermCommitted, boolean lastCommitted) {
    return ownTermCommitted && lastCommitted;
  }

  /// Whether learners may become voters (§4.2.1).
  ///
  /// @param caughtUp whether they are close enough behind the leader
  default boolean mayPromote(boolean caughtUp) {
    return caughtUp;
  }

  /// Whether a member that hears no leader asks for votes. One that the last membership in its log
  /// has removed must, as long as that may not be committed: its log may be the longest, so that
  /// the others can elect nobody without it (§4.2.2).
  ///
  /// @param isVoter whether it has a vote in the last membership of its log
  /// @param wasVoter whether it had one in the last that it knows to be committed
  default boolean mayCampaign(boolean isVoter, boolean wasVoter) {
    return isVoter || wasVoter;
  }

  /// Whether the last membership in a log is in force although it may not be committed (§4.1).
  default boolean bindsUncommitted() {
    return true;
  }

  /// Whether a leader ends a joint configuration once it is committed.
  ///
  /// @param begunHere whether it was asked for the change, rather than an earlier leader
  default boolean mayLeaveJoint(boolean begunHere) {
    return true;
  }

  /// Whether a removed member that has the entry by which it is out takes it for committed when a
  /// voter says so: whoever led may not have told it, and leads no more.
  default boolean learnsOfRemoval() {
    return true;
  }

  /// Whether a leader steps down (§4.2.2).
  ///
  /// @param removed whether it has no vote in the last configuration, and that is committed
  default boolean mustStepDown(boolean removed) {
    return removed;
  }
}
