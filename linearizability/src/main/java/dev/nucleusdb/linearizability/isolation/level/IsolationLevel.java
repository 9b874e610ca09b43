package dev.nucleusdb.linearizability.isolation.level;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The levels that are judged.
public enum IsolationLevel {
  /// No dirty write.
  READ_UNCOMMITTED("read-uncommitted", BaseLevel.READ_UNCOMMITTED, OrderKept.NONE),
  /// No aborted, intermediate or circular information.
  READ_COMMITTED("read-committed", BaseLevel.READ_COMMITTED, OrderKept.NONE),
  /// No half of a transaction.
  READ_ATOMIC("read-atomic", BaseLevel.READ_ATOMIC, OrderKept.NONE),
  /// No effect without its causes.
  CAUSAL("causal", BaseLevel.CAUSAL, OrderKept.NONE),
  /// No lost update.
  PARALLEL_SNAPSHOT_ISOLATION(
      "parallel-snapshot-isolation", BaseLevel.PARALLEL_SNAPSHOT, OrderKept.NONE),
  /// No long fork.
  SNAPSHOT_ISOLATION("snapshot-isolation", BaseLevel.SNAPSHOT, OrderKept.NONE),
  /// No write skew on items.
  REPEATABLE_READ("repeatable-read", BaseLevel.REPEATABLE_READ, OrderKept.NONE),
  /// No anomaly at all.
  SERIALIZABLE("serializable", BaseLevel.SERIALIZABLE, OrderKept.NONE),

  /// Read uncommitted with session order.
  STRONG_SESSION_READ_UNCOMMITTED(
      "strong-session-read-uncommitted", BaseLevel.READ_UNCOMMITTED, OrderKept.SESSION),
  /// Read committed with session order.
  STRONG_SESSION_READ_COMMITTED(
      "strong-session-read-committed", BaseLevel.READ_COMMITTED, OrderKept.SESSION),
  /// Read atomic with session order.
  STRONG_SESSION_READ_ATOMIC(
      "strong-session-read-atomic", BaseLevel.READ_ATOMIC, OrderKept.SESSION),
  /// Causal consistency in which sessions are causes.
  STRONG_SESSION_CAUSAL("strong-session-causal", BaseLevel.CAUSAL, OrderKept.SESSION),
  /// Parallel snapshot isolation with session order.
  STRONG_SESSION_PARALLEL_SNAPSHOT_ISOLATION(
      "strong-session-parallel-snapshot-isolation", BaseLevel.PARALLEL_SNAPSHOT, OrderKept.SESSION),
  /// Snapshot isolation with session order (Daudjee and Salem 2006).
  STRONG_SESSION_SNAPSHOT_ISOLATION(
      "strong-session-snapshot-isolation", BaseLevel.SNAPSHOT, OrderKept.SESSION),
  /// Repeatable read with session order.
  STRONG_SESSION_REPEATABLE_READ(
      "strong-session-repeatable-read", BaseLevel.REPEATABLE_READ, OrderKept.SESSION),
  /// Serializability with session order (Daudjee and Salem 2004).
  STRONG_SESSION_SERIALIZABLE(
      "strong-session-serializable", BaseLevel.SERIALIZABLE, OrderKept.SESSION),

  /// Read uncommitted in real time.
  STRONG_READ_UNCOMMITTED(
      "strong-read-uncommitted", BaseLevel.READ_UNCOMMITTED, OrderKept.REAL_TIME),
  /// Read committed in real time.
  STRONG_READ_COMMITTED("strong-read-committed", BaseLevel.READ_COMMITTED, OrderKept.REAL_TIME),
  /// Read atomic in real time.
  STRONG_READ_ATOMIC("strong-read-atomic", BaseLevel.READ_ATOMIC, OrderKept.REAL_TIME),
  /// Causal consistency in which what returned before is a cause.
  STRONG_CAUSAL("strong-causal", BaseLevel.CAUSAL, OrderKept.REAL_TIME),
  /// Parallel snapshot isolation in real time.
  STRONG_PARALLEL_SNAPSHOT_ISOLATION(
      "strong-parallel-snapshot-isolation", BaseLevel.PARALLEL_SNAPSHOT, OrderKept.REAL_TIME),
  /// Strong snapshot isolation (Daudjee and Salem 2006).
  STRONG_SNAPSHOT_ISOLATION("strong-snapshot-isolation", BaseLevel.SNAPSHOT, OrderKept.REAL_TIME),
  /// Repeatable read in real time.
  STRONG_REPEATABLE_READ("strong-repeatable-read", BaseLevel.REPEATABLE_READ, OrderKept.REAL_TIME),
  /// Strict serializability (Papadimitriou 1979).
  STRICT_SERIALIZABLE("strict-serializable", BaseLevel.SERIALIZABLE, OrderKept.REAL_TIME);

  private final String label;
  private final BaseLevel base;
  private final OrderKept order;

  IsolationLevel(String label, BaseLevel base, OrderKept order) {
    this.label = label;
    this.base = base;
    this.order = order;
  }

  /// The name that people use, as in `strict-serializable`.
  public String label() {
    return label;
  }

  /// What it asks of data.
  public BaseLevel base() {
    return base;
  }

  /// What order it keeps beside.
  public OrderKept order() {
    return order;
  }

  /// Whether each history that satisfies this level satisfies another.
  public boolean implies(IsolationLevel other) {
    return base.implies(other.base) && order.implies(other.order);
  }

  /// The level of a base and an order.
  public static IsolationLevel of(BaseLevel base, OrderKept order) {
    for (IsolationLevel level : values()) {
      if (level.base == base && level.order == order) {
        return level;
      }
    }
    throw new IllegalStateException("there is no level of " + base + " and " + order);
  }

  /// The level of a label, or empty if there is none.
  public static Optional<IsolationLevel> named(String label) {
    for (IsolationLevel level : values()) {
      if (level.label.equals(label)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /// Of some levels, those that no other one of them implies.
  public static List<IsolationLevel> strongest(Collection<IsolationLevel> levels) {
    List<IsolationLevel> strongest = new ArrayList<>();
    for (IsolationLevel level : levels) {
      if (levels.stream().noneMatch(other -> other != level && other.implies(level))) {
        strongest.add(level);
      }
    }
    return strongest;
  }

  @Override
  public String toString() {
    return label;
  }
}
