package dev.nucleusdb.sim.fault;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// How often each family of faults really happened.
public final class FaultCounts {
  private final Map<FaultFamily, Long> counts = new EnumMap<>(FaultFamily.class);

  /// Nothing has happened yet.
  public FaultCounts() {
    for (FaultFamily family : FaultFamily.values()) {
      counts.put(family, 0L);
    }
  }

  /// One more.
  public void count(FaultFamily family) {
    counts.merge(family, 1L, Long::sum);
  }

  /// So many more.
  public void count(FaultFamily family, long more) {
    counts.merge(family, more, Long::sum);
  }

  /// How often a family happened.
  public long of(FaultFamily family) {
    return counts.getOrDefault(family, 0L);
  }

  /// How many faults happened in all.
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Adds the counts of another world.
  public void add(FaultCounts other) {
    other.counts.forEach((family, count) -> counts.merge(family, count, Long::sum));
  }

  /// All families in order, those that never happened too.
  public Map<FaultFamily, Long> toMap() {
    return Collections.unmodifiableMap(counts);
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
