package dev.nucleusdb.raft.read;

/// When an entry is a lease, and for whom. *The log is the lease* (LeaseGuard, arXiv 2512.15659): a
/// committed entry is in the log of every later leader, so every later leader can wait for it to
/// grow old.
public interface LeaseRule {

  /// The rule of the paper, on monotonic clocks.
  LeaseRule RAFT = new LeaseRule() {};

  /// From when on an entry is a lease: others may know it from its making on, and count from then.
  ///
  /// @param madeNanos when its leader made it
  /// @param committedNanos when its leader knew that it is committed
  default long heldFrom(long madeNanos, long committedNanos) {
    return madeNanos;
  }

  /// For how long after it has learned of an entry a new leader commits nothing.
  default long waitNanos(LeaseOptions options) {
    return options.waitNanos();
  }

  /// Up to where a leader counts no entry as a lease any more, once it has told another member to
  /// take over, and not to wait for them.
  ///
  /// @param lastIndex the end of its log
  default long givenUp(long lastIndex) {
    return lastIndex;
  }

  /// Whether a new leader may serve reads while the lease of an earlier one lasts: it must know
  /// that all entries of earlier leaders are committed. Those of which it does not are in limbo:
  /// the earlier leader may have acknowledged them, and its state machine lacks them.
  ///
  /// @param commitIndex how far it knows the log to be committed
  /// @param inheritedIndex the last entry of an earlier leader
  default boolean mayInherit(long commitIndex, long inheritedIndex) {
    return commitIndex >= inheritedIndex;
  }
}
