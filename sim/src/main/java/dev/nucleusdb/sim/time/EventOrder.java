package dev.nucleusdb.sim.time;

/// Changes the order of what is ready: how long each waits. What is ready belongs to a lane (the
/// timers of a node, its syncs, one of its fibers, one link); lanes overtake each other, but within
/// a lane the order stays.
public interface EventOrder {
  /// How long what is ready now in a lane waits; depends on the arguments alone.
  long delayNanos(long lane, long nowNanos);

  /// The lane of somebody's timers.
  static long timersOf(int actorIndex) {
    return -1 - 2L * actorIndex;
  }

  /// The lane of somebody's syncs.
  static long syncsOf(int actorIndex) {
    return -2 - 2L * actorIndex;
  }

  /// The lane of one of somebody's fibers.
  static long fiberOf(int actorIndex, int number) {
    return Long.MIN_VALUE | ((actorIndex + 1L) << 32) | number;
  }

  /// The lane of the messages from one to another.
  static long messagesOf(int fromIndex, int toIndex) {
    return ((long) fromIndex << 32) | toIndex;
  }
}
