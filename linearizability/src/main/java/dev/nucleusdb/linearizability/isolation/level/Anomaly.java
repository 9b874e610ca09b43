package dev.nucleusdb.linearizability.isolation.level;

import java.util.List;

/// What can be wrong with a history, by the names that Adya (1999) and Elle (Kingsbury and Alvaro,
/// VLDB 2020) gave. The cycles exist three times: with data dependencies alone, with a step of
/// session order (`-process`) and with a step of real time (`-realtime`).
public enum Anomaly {
  /// A value was read that nobody wrote.
  GARBAGE_READ("garbage-read"),
  /// One element is twice in one list, though it was appended once.
  DUPLICATE_ELEMENTS("duplicate-elements"),
  /// Of two lists read under one key neither begins with the other.
  INCOMPATIBLE_ORDER("incompatible-order"),
  /// The write of an aborted transaction was read.
  G1A("G1a"),
  /// A write was read that its own transaction replaced.
  G1B("G1b"),
  /// A committed write stands on an aborted one.
  DIRTY_UPDATE("dirty-update"),
  /// A transaction read what it wrote only later.
  FUTURE_READ("future-read"),
  /// A read contradicts what its own transaction had read or written before.
  INTERNAL("internal"),
  /// Two transactions replaced the same version.
  LOST_UPDATE("lost-update"),

  /// A read saw another version than the newest one of its snapshot.
  STALE_SNAPSHOT("stale-snapshot"),
  /// Two transactions whose snapshots and commits overlap wrote one key.
  WRITE_CONFLICT("write-conflict"),
  /// A session's snapshot is older than its own last commit.
  SESSION_ORDER("session-order"),
  /// Timestamps contradict the order in which transactions returned and were invoked.
  REAL_TIME_ORDER("real-time-order"),

  /// All orders were searched, and none explains the history.
  NO_SERIAL_ORDER("no-serial-order"),

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

  private final String label;

  Anomaly(String label) {
    this.label = label;
  }

  /// The name, as in `G-single`.
  public String label() {
    return label;
  }

  /// Whether its mere presence breaks a level. False for cycles: they break the level whose shape
  /// they have.
  public boolean breaks(IsolationLevel level) {
    BaseLevel base = level.base();
    return switch (this) {
      case GARBAGE_READ, DUPLICATE_ELEMENTS, INCOMPATIBLE_ORDER -> true;
      case G1A, G1B, DIRTY_UPDATE, FUTURE_READ -> base.implies(BaseLevel.READ_COMMITTED);
      case INTERNAL ->
          base.implies(BaseLevel.READ_ATOMIC) || base.implies(BaseLevel.REPEATABLE_READ);
      case LOST_UPDATE ->
          base.implies(BaseLevel.PARALLEL_SNAPSHOT) || base.implies(BaseLevel.REPEATABLE_READ);
      default -> false;
    };
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
    if (edges.contains(EdgeKind.REAL_TIME)) {
      return labelled(plain.label + "-realtime");
    }
    return edges.contains(EdgeKind.SESSION) ? labelled(plain.label + "-process") : plain;
  }

  private static Anomaly labelled(String label) {
    for (Anomaly anomaly : values()) {
      if (anomaly.label.equals(label)) {
        return anomaly;
      }
    }
    throw new IllegalStateException("there is no anomaly " + label);
  }

  @Override
  public String toString() {
    return label;
  }
}
