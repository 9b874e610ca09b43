package dev.nucleusdb.linearizability.search;

/// What one search holds of a budget of bytes for its configurations.
///
/// While the arrays grow, the old ones and the new ones are there; the agenda and the choices are
/// of the same order and counted with them.
final class Grant {
  /// What stands beside each row in the agenda and among the choices.
  private static final int SIDE_BYTES = 2 * Long.BYTES;

  private final VisitedConfigurations visited;
  private long held;

  Grant(VisitedConfigurations visited) {
    this.visited = visited;
  }

  /// Takes what the first configurations need, if that much is left.
  boolean take(Budget budget) {
    return exchange(visited.bytes(), budget);
  }

  /// Whether there is room for one more configuration, after taking what it needs.
  boolean hasRoom(Budget budget) {
    return !visited.isFull()
        || exchange(visited.bytesGrown() + SIDE_BYTES * 2L * visited.count(), budget);
  }

  /// Gives all back.
  void giveBack(Budget budget) {
    budget.giveBack(held);
    held = 0;
  }

  private boolean exchange(long bytes, Budget budget) {
    if (bytes <= held) {
      return true;
    }
    if (!budget.take(bytes)) {
      return false;
    }
    budget.giveBack(held);
    held = bytes;
    return true;
  }
}
