package dev.nucleusdb.linearizability.isolation.level;

import java.util.List;

/// What can be wrong with a history, by the names that Adya (1999) and Elle (Kingsbury and Alvaro,
/// VLDB 2020) gave. The cycles exist three times: with data dependencies alone, with a step of
/// session order (`-process`) and with a step of real time (`-realtime`).
public enum Anomaly {
  /// A value was read that nobody wrote.
  GARBAGE_READ("garbage-read", BaseLevel.READ_UNCOMMITTED),
  /// One element is twice in one list, though it was appended once.
  DUPLICATE_ELEMENTS("duplicate-elements", BaseLevel.READ_UNCOMMITTED),
  /// Of two lists read under one key neither begins with the other.
  INCOMPATIBLE_ORDER("incompatible-order", BaseLevel.READ_UNCOMMITTED),
  /// The write of an aborted transaction was read.
  G1A("G1a", BaseLevel.READ_COMMITTED),
  /// A write was read that its own transaction replaced.
  G1B("G1b", BaseLevel.READ_COMMITTED),
  /// A committed write stands on an aborted one.
  DIRTY_UPDATE("dirty-update", BaseLevel.READ_COMMITTED),
  /// A transaction read what it wrote only later.
  FUTURE_READ("future-read", BaseLevel.READ_COMMITTED),
  /// A read contradicts what its own transaction had read or written before.
  INTERNAL("internal", BaseLevel.READ_ATOMIC, BaseLevel.REPEATABLE_READ),
  /// Two transactions replaced the same version.
  LOST_UPDATE("lost-update", BaseLevel.PARALLEL_SNAPSHOT, BaseLevel.REPEATABLE_READ),

  /// A read saw another version than the newest one of its snapshot.
  STALE_SNAPSHOT("stale-snapshot"),
  /// Two transactions whose snapshots and commits overlap wrote one key.
  WRITE_CONFLICT("write-conflict"),
  /// A session's snapshot is older than its own last commit.
  SESSION_ORDER("session-order"),
  /// Timestamps contradict the order in which transactions returned and were invoked.
  REAL_TIME_ORDER("real-time-order"),

  /// A cycle of ww.
  G0("G0"),
  /// A cycle of ww and wr.
  G1C("G1c"),
  /// A cycle with one rw.
  G_SINGLE("G-single"),
  /// A cycle with several rw, no two of them next to each other.
  G_NONADJACENT("G-nonadjacent"),
  /// A cycle with two rw next to each other.
  G2_ITEM("G2-item"),
  /// A cycle with adjacent rw, one of them a predicate's.
  G2("G2"),

  /// A cycle of ww and session order.
  G0_PROCESS("G0-process"),
  /// A cycle of ww, wr and session order.
  G1C_PROCESS("G1c-process"),
  /// A cycle with one rw and session order.
  G_SINGLE_PROCESS("G-single-process"),
  /// A cycle with several rw, none adjacent, and session order.
  G_NONADJACENT_PROCESS("G-nonadjacent-process"),
  /// A cycle with adjacent rw and session order.
  G2_ITEM_PROCESS("G2-item-process"),
  /// The same and session order.
  G2_PROCESS("G2-process"),

  /// A cycle of ww and real time.
  G0_REALTIME("G0-realtime"),
  /// A cycle of ww, wr and real time.
  G1C_REALTIME("G1c-realtime"),
  /// A cycle with one rw and real time.
  G_SINGLE_REALTIME("G-single-realtime"),
  /// A cycle with several rw, none adjacent, and real time.
  G_NONADJACENT_REALTIME("G-nonadjacent-realtime"),
  /// A cycle with adjacent rw and real time.
  G2_ITEM_REALTIME("G2-item-realtime"),
  /// The same and real time.
  G2_REALTIME("G2-realtime");

  private static final int CYCLE_COUNT = 6;

  private final String label;
  private final List<BaseLevel> weakest;

  Anomaly(String label, BaseLevel... weakest) {
    this.label = label;
    this.weakest = List.of(weakest);
  }

  /// The name, as in `G-single`.
  public String label() {
    return label;
  }

  /// Whether its mere presence breaks a level. False for cycles: they break the level whose shape
  /// they have.
  public boolean breaks(IsolationLevel level) {
    return weakest.stream().anyMatch(base -> level.base().implies(base));
  }

  /// The name of a cycle.
  public static Anomaly ofCycle(List<EdgeKind> edges) {
    int count = edges.size();
    long rwCount = edges.stream().filter(EdgeKind::isAntiDependency).count();
    boolean adjacent = false;
    for (int place = 0; place < count; place++) {
      adjacent |=
          edges.get(place).isAntiDependency() && edges.get((place + 1) % count).isAntiDependency();
    }
    Anomaly plain;
    if (rwCount == 0) {
      plain = edges.contains(EdgeKind.WR) ? G1C : G0;
    } else if (rwCount == 1) {
      plain = G_SINGLE;
    } else if (!adjacent) {
      plain = G_NONADJACENT;
    } else {
      plain = edges.contains(EdgeKind.PREDICATE_RW) ? G2 : G2_ITEM;
    }
    int shift = edges.contains(EdgeKind.REAL_TIME) ? 2 : edges.contains(EdgeKind.SESSION) ? 1 : 0;
    return values()[plain.ordinal() + shift * CYCLE_COUNT];
  }

  @Override
  public String toString() {
    return label;
  }
}
