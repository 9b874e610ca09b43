package dev.nucleusdb.core.time;

/// Wakes a node at a moment of its own monotonic clock.
///
/// Contract: the action runs on the node's thread, never inside the call that armed it, never
/// before its moment by the node's clock, possibly late; two timers of one moment fire in the order
/// in which they were armed; a cancelled timer never fires.
public interface Timers {

  /// Arms a timer for `deadlineNanos` of [Clock#monotonicNanos]; a moment that has passed fires as
  /// soon as possible.
  Timer at(long deadlineNanos, Runnable action);

  /// A timer that is armed until it fires or is cancelled.
  interface Timer {
    /// Disarms; does nothing once it has fired.
    void cancel();
  }
}
