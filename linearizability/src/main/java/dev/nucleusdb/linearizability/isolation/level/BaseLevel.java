package dev.nucleusdb.linearizability.isolation.level;

/// What a level asks of the data that transactions see, whatever order it keeps beside.
public enum BaseLevel {
  /// PL-1 (Adya 1999): writes are in one order.
  READ_UNCOMMITTED,
  /// PL-2: what is read was committed, and no information flows in circles.
  READ_COMMITTED,
  /// Of a transaction all is seen or nothing (Bailis et al. 2014).
  READ_ATOMIC,
  /// Who sees a transaction sees all that it had seen (Cerone, Bernardi, Gotsman 2015).
  CAUSAL,
  /// Parallel snapshot isolation (Sovran et al. 2011): causal, and no two concurrent transactions
  /// write one key.
  PARALLEL_SNAPSHOT,
  /// Snapshot isolation (Cerone and Gotsman 2018): transactions read snapshots of one order.
  SNAPSHOT,
  /// PL-2.99: serializable as far as single items are concerned, predicates aside.
  REPEATABLE_READ,
  /// PL-3: some serial order explains everything.
  SERIALIZABLE;

  /// Whether each history that satisfies this level satisfies another.
  public boolean implies(BaseLevel other) {
    return switch (this) {
      case SERIALIZABLE -> true;
      case REPEATABLE_READ -> other == this || READ_COMMITTED.implies(other);
      case SNAPSHOT, PARALLEL_SNAPSHOT, CAUSAL, READ_ATOMIC, READ_COMMITTED, READ_UNCOMMITTED ->
          compareTo(other) >= 0;
    };
  }
}
