package dev.nucleusdb.linearizability.isolation.level;

/// Why one transaction has to come before another (Adya 1999, §3.1; Daudjee and Salem for the last
/// two).
public enum EdgeKind {
  /// The second overwrote or extended what the first had written.
  WW("ww"),
  /// The second read what the first had written.
  WR("wr"),
  /// The second overwrote or extended what the first had read.
  RW("rw"),
  /// The second changed what a predicate of the first had matched.
  PREDICATE_RW("rw (predicate)"),
  /// Both are of one session, in this order.
  SESSION("session"),
  /// The first had returned before the second was invoked.
  REAL_TIME("real time");

  private final String label;

  EdgeKind(String label) {
    this.label = label;
  }

  /// The bit that stands for this kind in a set of kinds.
  public int bit() {
    return 1 << ordinal();
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
