package dev.nucleusdb.linearizability.isolation.level;

/// Which orders between transactions a level keeps, beside those that follow from data.
public enum OrderKept {
  /// None.
  NONE,
  /// Of the transactions of one session, each sees the effects of those before it.
  SESSION,
  /// Each transaction sees the effects of those that returned before it was invoked. Includes
  /// session order.
  REAL_TIME;

  /// Whether this order includes another.
  public boolean implies(OrderKept other) {
    return compareTo(other) >= 0;
  }
}
