package dev.nucleusdb.linearizability.isolation.level;

/// Why one transaction has to come before another (Adya 1999, §3.1; Daudjee and Salem for the last
/// two).
public enum EdgeKind {
  /// The second overwrote or extended what the first had written.
  WW(0, "ww"),
  /// The second read what the first had written.
  WR(1, "wr"),
  /// The second overwrote or extended what the first had read.
  RW(2, "rw"),
  /// The second changed what a predicate of the first had matched.
  PREDICATE_RW(3, "rw (predicate)"),
  /// Both are of one session, in this order.
  SESSION(4, "session"),
  /// The first had returned before the second was invoked.
  REAL_TIME(5, "real time"),
  /// Both wrote one key, and the first had read the version that both came after: where no update
  /// may be lost, the second wrote later.
  CONFLICT(6, "ww (conflict)");

  private static final EdgeKind[] KINDS = values();

  private final int code;
  private final String label;

  EdgeKind(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /// The number of this kind, from 0 to 6.
  public int code() {
    return code;
  }

  /// The kind of a number.
  public static EdgeKind of(int code) {
    return KINDS[code];
  }

  /// The bit that stands for this kind in a set of kinds.
  public int bit() {
    return 1 << code;
  }

  /// Whether this is an anti-dependency.
  public boolean isAntiDependency() {
    return this == RW || this == PREDICATE_RW;
  }

  @Override
  public String toString() {
    return label;
  }
}
