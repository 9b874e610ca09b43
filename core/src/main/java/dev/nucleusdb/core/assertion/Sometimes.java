package dev.nucleusdb.core.assertion;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts, for the whole process, how often each `sometimes` state was seen. It only counts:
/// nothing that runs in a simulation can read it, so it cannot make two runs differ.
public final class Sometimes {
  private static final Map<String, LongAdder> COUNTS = new ConcurrentHashMap<>();

  private Sometimes() {}

  static void observe(String name, boolean condition) {
    LongAdder count = COUNTS.get(name);
    if (count == null) {
      count = COUNTS.computeIfAbsent(name, key -> new LongAdder());
    }
    if (condition) {
      count.increment();
    }
  }

  /// How often each state was reached, sorted by name; 0 for places that were passed and never
  /// reached.
  public static Map<String, Long> counts() {
    Map<String, Long> sorted = new TreeMap<>();
    COUNTS.forEach((name, count) -> sorted.put(name, count.sum()));
    return sorted;
  }
}
